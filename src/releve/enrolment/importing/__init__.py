"""From a spreadsheet to participants: read, map, preview, land."""
