"""The text part of a letter, from the same Markdown as its HTML part."""

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

_parser = MarkdownIt("commonmark", {"html": False})


def to_plain(markdown: str) -> str:
    """Write Markdown as plain text: links in full, lists with dashes or numbers, no marks."""
    return "\n\n".join(_blocks(SyntaxTreeNode(_parser.parse(markdown))))


def _blocks(node: SyntaxTreeNode) -> list[str]:
    return [text for child in node.children if (text := _block(child))]


def _block(node: SyntaxTreeNode) -> str:
    if node.type in {"bullet_list", "ordered_list"}:
        return _list(node)
    if node.type == "blockquote":
        return "\n".join(f"> {line}".rstrip() for line in "\n\n".join(_blocks(node)).splitlines())
    if node.type in {"fence", "code_block"}:
        return node.content.rstrip("\n")
    if node.type == "hr":
        return "* * *"
    return "".join(_inline(child) for child in node.children)  # a paragraph or a heading


def _list(node: SyntaxTreeNode) -> str:
    start = int(node.attrs.get("start", 1))
    lines = []
    for number, item in enumerate(node.children, start=start):
        mark = "- " if node.type == "bullet_list" else f"{number}. "
        inside = "\n".join(_blocks(item)).splitlines()
        lines += [(mark if not place else " " * len(mark)) + line for place, line in enumerate(inside)]
    return "\n".join(lines)


def _inline(node: SyntaxTreeNode) -> str:
    if node.type in {"softbreak", "hardbreak"}:
        return "\n"
    if node.type in {"text", "code_inline", "image"}:
        return node.content
    words = "".join(_inline(child) for child in node.children)
    if node.type == "link":
        target = str(node.attrs["href"])
        return target if words == target else f"{words} ({target.removeprefix('mailto:')})"
    return words
