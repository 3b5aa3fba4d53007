import re

import pytest

from u24.report.picture import style_text

# WCAG 2.2: text 4.5 (success criterion 1.4.3), graphics 3 (1.4.11).
TEXT, GRAPHIC = 4.5, 3.0
LIGHT, DARK = style_text("picture.css"), style_text("picture.css") + style_text("picture_dark.css")
GROUND = {"light": "#ffffff", "dark": "#10151b"}


def colour(css: str, kind: str, what: str = "fill") -> str:
    """The last colour that the style gives a class."""
    rules = re.findall(r"([^{}]+)\{([^}]*)\}", css)
    found = [
        value.group(1)
        for names, body in rules
        if f".{kind}" in [name.strip() for name in names.split(",")]
        and (value := re.search(rf"(?:^|;){what}:(#\w{{6}})", body))
    ]
    return found[-1]


def luminance(hexed: str) -> float:
    parts = [int(hexed[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a: str, b: str) -> float:
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(("css", "ground"), [(LIGHT, GROUND["light"]), (DARK, GROUND["dark"])])
def test_pictures_keep_the_contrast_of_wcag(css, ground):
    for kind in ("u-text", "u-strong", "u-small", "u-lane"):
        assert contrast(colour(css, kind), ground) >= TEXT, kind
    for kind in ("u-map-text", "u-map-code", "u-map-note"):
        assert contrast(colour(css, kind), colour(css, "u-land")) >= TEXT, kind
        assert contrast(colour(css, kind), colour(css, "u-sea")) >= TEXT, kind
    for bar in ("u-fly", "u-drive", "u-own"):
        assert contrast(colour(css, "u-on-bar"), colour(css, bar)) >= TEXT, bar
    for bar in ("u-load", "u-unload", "u-tech", "u-busy", "u-good", "u-lost"):
        assert contrast(colour(css, bar), ground) >= GRAPHIC, bar
    assert contrast(colour(css, "u-small"), colour(css, "u-busy")) >= GRAPHIC
    for line in ("u-planned", "u-historic", "u-mark", "u-move"):
        assert contrast(colour(css, line, "stroke"), ground) >= GRAPHIC, line
    for line in ("u-air", "u-road", "u-empty"):
        assert contrast(colour(css, line, "stroke"), colour(css, "u-land")) >= GRAPHIC, line


@pytest.mark.parametrize("nth", [0, 1])
def test_the_page_keeps_the_contrast_of_wcag(nth):
    roots = re.findall(r":root\{([^}]*)\}", style_text("page.css"))
    named = dict(re.findall(r"--(\w+):(#\w{6})", roots[nth]))

    for kind in ("ink", "soft", "link", "good", "bad"):
        for ground in ("ground", "band"):
            assert contrast(named[kind], named[ground]) >= TEXT, (kind, ground)
