"""People's formatted text, rendered and cleaned."""

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

TAGS = {
    *("p", "br", "hr", "strong", "em", "a", "ul", "ol", "li", "blockquote", "code", "pre"),
    *("h2", "h3", "h4", "h5", "h6"),
}
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto", "tel"}

_parser = MarkdownIt("commonmark", {"html": False})


def render(text: str, *, top: int = 2) -> SafeString:
    """Render Markdown as safe HTML whose first heading level is `top` (2 to 6).

    Raw HTML stays visible as text; pictures and unknown addresses are dropped.
    """
    tokens = _parser.parse(text)
    for token in tokens:
        if token.tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
            token.tag = f"h{min(6, int(token.tag[1]) + top - 1)}"
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
