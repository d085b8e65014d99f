"""People's formatted text, rendered and cleaned."""

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

TAGS = {
    *("p", "br", "hr", "strong", "em", "a", "ul", "ol", "li", "blockquote", "code", "pre"),
    *("h2", "h3", "h4", "h5", "h6"),
    *("div", "table", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}, "div": {"class"}, "table": {"class"}, "th": {"scope"}, "td": {"data-label"}}
SCHEMES = {"http", "https", "mailto", "tel"}

WIDE_COLUMNS = 3

_parser = MarkdownIt("commonmark", {"html": False}).enable("table")
_parser.add_render_rule("table_open", lambda _self, tokens, place, *_rest: f'<div class="sheet">{_table(tokens[place:])}\n')
_parser.add_render_rule("table_close", lambda *_rest: "</table></div>\n")


def render(text: str, *, top: int = 2) -> SafeString:
    """Render Markdown as safe HTML whose first heading level is `top` (2 to 6).

    Raw HTML stays visible as text; pictures and unknown addresses are dropped.
    """
    tokens = _parser.parse(text)
    for token in tokens:
        if token.tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
            token.tag = f"h{min(6, int(token.tag[1]) + top - 1)}"
    _label_cells(tokens)
    html = _parser.renderer.render(tokens, _parser.options, {})
    return mark_safe(  # noqa: S308  cleaned right here
        nh3.clean(
            html,
            tags=TAGS,
            attributes=ATTRIBUTES,
            url_schemes=SCHEMES,
            link_rel="noopener noreferrer nofollow",
        )
    )


def _table(tokens: list[Token]) -> str:
    """Open a table; one of two columns has room on a phone as it is."""
    kinds = [token.type for token in tokens]
    columns = kinds[: kinds.index("thead_close")].count("th_open")
    return "<table>" if columns < WIDE_COLUMNS else '<table class="cards">'


def _label_cells(tokens: list[Token]) -> None:
    """Repeat the head of each column in its cells, which on a phone stand one under the other; the first names its row."""
    heads: list[str] = []
    column = 0
    for place, token in enumerate(tokens):
        if token.type == "table_open":
            heads = []
        elif token.type == "tr_open":
            column = 0
        elif token.type == "th_open":
            heads.append("".join(part.content for part in tokens[place + 1].children or ()))
            token.attrSet("scope", "col")
        elif token.type == "td_open":
            if column and heads[column]:
                token.attrSet("data-label", heads[column])
            column += 1
