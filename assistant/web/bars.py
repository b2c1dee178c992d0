"""Releases over time as a drawing: bars by issuer, each a link, and the same as a table.

An inline SVG whose colours and patterns are the style's (`timeline.css`), so that light and
dark differ there alone; issuers differ by pattern too. Knows nothing about where links
lead. Every value is escaped by markupsafe as it is set in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from markupsafe import Markup

from assistant.web import wording
from assistant.web.messages import Messages, typeset
from store.facets import Bar, OverTime
from store.period import Period, in_words

WIDTH, HEIGHT = 1000, 120
_GAP = 0.18
_WIDEST = 48
"""Units of width of the widest bar: of few bars, none becomes a slab."""
_LOW = 4
"""Releases that fill the height at least: one alone is no summit."""
_LEAST = 2.5
"""Units of height of the smallest bar: one release is seen beside a thousand."""

Link = Callable[[Period], str]

_PART = Markup('<rect %s x="%s" y="%s" width="%s" height="%s"/>')
_REACH = Markup('<rect class="reach" x="%s" y="0" width="%s" height="%s"/>')
_BAR = Markup('<a class="bar" href="%s" %s aria-label="%s"><title>%s</title>%s%s</a>')
_ROW = Markup('<tr><th scope="row"><a href="%s" %s>%s</a></th>%s</tr>')
_CELL = Markup("<td>%s</td>")


def drawn(over_time: OverTime, name: str, link: Link, say: Messages) -> Markup:
    """The figure; `name` (letters) tells its parts from those of other drawings, `link` gives a bar's address.

    Nothing where there is no bar.
    """
    if not over_time.bars:
        return Markup("")
    return Markup('<figure class="timeline">{}<div class="plot">{}</div>{}{}{}</figure>').format(
        _caption(over_time, say),
        _svg(over_time, name, link, say),
        _axis(over_time, say),
        _legend(over_time, name, say),
        _table(over_time, link, say),
    )


def _caption(over_time: OverTime, say: Messages) -> Markup:
    most = max(bar.releases for bar in over_time.bars)
    told = say(f"bars_per_{over_time.grain}", count=say.number(most))
    undated = say.counted("bars_undated", over_time.undated) if over_time.undated else ""
    return Markup("<figcaption>{}</figcaption>").format(wording.listed([told, undated]))


def _svg(over_time: OverTime, name: str, link: Link, say: Messages) -> Markup:
    most = max(_LOW, *(bar.releases for bar in over_time.bars))
    step = WIDTH / len(over_time.bars)
    bars = Markup("").join(
        _bar(bar, number * step, step, most, name, over_time, link, say) for number, bar in enumerate(over_time.bars)
    )
    first, last = over_time.bars[0].period, over_time.bars[-1].period
    told = say("bars_told", first=in_words(first, say.language), last=in_words(last, say.language))
    return Markup(
        '<svg viewBox="0 0 {w} {h}" preserveAspectRatio="none" role="group" aria-labelledby="{n}-t" '
        'aria-describedby="{n}-d"><title id="{n}-t">{title}</title><desc id="{n}-d">{told}</desc>'
        '<defs>{patterns}</defs><path class="ground" d="M0 {h}H{w}"/>{bars}</svg>'
    ).format(w=WIDTH, h=HEIGHT, n=name, title=say("bars_title"), told=told, patterns=_patterns(name), bars=bars)


def _patterns(name: str) -> Markup:
    """What fills each issuer's part of a bar: plain, and four patterns; the others' is empty."""
    pattern = Markup(
        '<pattern id="{n}-{number}" class="of-{number}" width="{size}" height="{size}" patternUnits="userSpaceOnUse">'
        '<rect width="{size}" height="{size}"/>{marks}</pattern>'
    )
    return Markup("").join(
        pattern.format(n=name, number=number, size=8, marks=Markup(f'<path d="{marks}"/>') if marks else "")
        for number, marks in enumerate(_MARKS)
    )


_MARKS = (
    "",
    "M0 8L8 0M-2 2L2 -2M6 10L10 6",
    "M0 2H8M0 6H8",
    "M0 0L8 8M-2 6L2 10M6 -2L10 2",
    "M2 0V8M6 0V8",
    "M4 0V8M0 4H8",
)


def _bar(
    bar: Bar, x: float, step: float, most: int, name: str, over_time: OverTime, link: Link, say: Messages
) -> Markup:
    """One bar from the ground up, in a link over its whole height; without releases, a space."""
    if not bar.releases:
        return Markup("")
    told = told_bar(bar, over_time, say)
    width = min(_WIDEST, step * (1 - _GAP))
    left = x + (step - width) / 2
    whole = max(_LEAST, HEIGHT * bar.releases / most)
    parts, top = [], float(HEIGHT)
    for number, count in _parts(bar, over_time):
        height = whole * count / bar.releases
        top -= height
        parts.append(_PART % (_fill(name, number), *map(_round, (left, top, width, height))))
    reach = _REACH % (_round(x), _round(step), HEIGHT)
    return _BAR % (link(bar.period), _dates(bar.period), told, told, reach, Markup("").join(parts))


def _fill(name: str, number: int | None) -> Markup:
    return Markup('class="others"') if number is None else Markup('fill="url(#%s-%s)"') % (name, number)


def _dates(period: Period) -> Markup:
    return Markup('data-from="%s" data-to="%s"') % (period.first, period.last)


def _parts(bar: Bar, over_time: OverTime) -> Iterator[tuple[int | None, int]]:
    """The issuers' numbers with their releases, from the ground up; None of the others."""
    yield from ((number, count) for number, count in enumerate(bar.of) if count)
    if bar.others:
        yield (None, bar.others) if over_time.issuers else (0, bar.others)


def told_bar(bar: Bar, over_time: OverTime, say: Messages) -> str:
    """« mars 2024 : 12 communiqués (Métropole 8, Port 4) »."""
    told = say("bar", when=in_words(bar.period, say.language), count=say.counted("extent", bar.releases))
    by = [(issuer, count) for issuer, count in zip(over_time.issuers, bar.of, strict=True) if count]
    if len(over_time.issuers) > 1:
        by += [(say("bars_others"), bar.others)] if bar.others else []
        told += f" ({', '.join(f'{wording.on_one_line(issuer)} {say.number(count)}' for issuer, count in by)})"
    return typeset(told)


def _axis(over_time: OverTime, say: Messages) -> Markup:
    bars = over_time.bars
    shown = [bars[0], bars[len(bars) // 2], bars[-1]] if len(bars) > 2 else list(bars)
    labels = Markup("").join(Markup("<span>{}</span>").format(in_words(bar.period, say.language)) for bar in shown)
    return Markup('<p class="axis{}" aria-hidden="true">{}</p>').format(
        " few" if len(bars) == len(shown) else "", labels
    )


def _legend(over_time: OverTime, name: str, say: Messages) -> Markup:
    """Which pattern is whose; nothing where one issuer leads all."""
    others = any(bar.others for bar in over_time.bars)
    if len(over_time.issuers) + others < 2:
        return Markup("")
    swatch = Markup('<li><svg viewBox="0 0 16 16" aria-hidden="true"><rect width="16" height="16" {}/></svg>{}</li>')
    named: list[tuple[int | None, str]] = list(enumerate(over_time.issuers))
    named += [(None, say("bars_others"))] if others else []
    items = [swatch.format(_fill(name, number), wording.on_one_line(issuer)) for number, issuer in named]
    return Markup('<ul class="legend" aria-label="{}">{}</ul>').format(say("bars_legend"), Markup("").join(items))


def _table(over_time: OverTime, link: Link, say: Messages) -> Markup:
    several = len(over_time.issuers) > 1
    others = [say("bars_others")] if any(bar.others for bar in over_time.bars) else []
    heads = [say("bars_when"), say("bars_count"), *([*over_time.issuers, *others] if several else [])]
    rows = Markup("").join(
        _ROW
        % (
            link(bar.period),
            _dates(bar.period),
            in_words(bar.period, say.language),
            Markup("").join(_CELL % say.number(n) for n in [bar.releases, *bar.of, bar.others][: len(heads) - 1]),
        )
        for bar in over_time.bars
        if bar.releases
    )
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(wording.on_one_line(one)) for one in heads)
    return Markup(
        '<details class="as-table"><summary>{}</summary><div class="scroll" tabindex="0" role="group" aria-label="{}">'
        "<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div></details>"
    ).format(say("bars_table"), say("bars_title"), head, rows)


def _round(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")
