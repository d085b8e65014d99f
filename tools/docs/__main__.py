"""Write the parts of docs/ anew that the code decides: `python -m tools.docs`."""

import os

import django


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    from tools.docs.pages import DRAWINGS, pages, refreshed  # reads models

    for path, draw in DRAWINGS.items():
        path.write_text(draw(), encoding="utf-8")
    for path in pages():
        before = path.read_text(encoding="utf-8")
        after = refreshed(before)
        if after != before:
            path.write_text(after, encoding="utf-8")
            print(f"{path.name} changed.")


if __name__ == "__main__":
    main()
