"""Questions that are put to a page in the browser; each answers with what is wrong, so [] is well."""

_NAME = "(e) => e.outerHTML.replace(/\\s+/g, ' ').slice(0, 140)"
_SEEN = "(e) => e.checkVisibility({checkVisibilityCSS: true}) && e.getClientRects().length > 0"
_CONTROLS = "a[href], button, input:not([type=hidden]), select, textarea, summary"


def _probe(body: str) -> str:
    return f"() => {{ const name = {_NAME}, seen = {_SEEN}, controls = '{_CONTROLS}'; {body} }}"


WIDER = _probe("""
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth) return [];
  return [...document.querySelectorAll('body *')]
    .filter((e) => seen(e) && e.getBoundingClientRect().right > root.clientWidth + 1).map(name);
""")
"""Elements that stick out to the right, when the page scrolls sideways."""

SMALL_TARGETS = _probe("""
  return [...document.querySelectorAll(controls)].filter((e) => {
    const box = e.getBoundingClientRect();
    const inText = getComputedStyle(e).display === 'inline' && e.matches('p a, li a, td a');
    const hidden = box.bottom < 0 || box.width <= 1;
    return seen(e) && !inText && !hidden && (box.width < 24 || box.height < 23.9);
  }).map(name);
""")
"""Controls of less than 24 by 24 pixels; links within a sentence may be as high as their line (WCAG 2.5.8)."""

SKIPPED_HEADINGS = _probe("""
  const heads = [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].filter((e) => e.checkVisibility());
  if (heads.filter((e) => e.tagName === 'H1').length !== 1) return ['not exactly one h1'];
  return heads.filter((e, n) => +e.tagName[1] > (n ? +heads[n - 1].tagName[1] : 0) + 1).map(name);
""")
"""Headings that are more than one level below the one before."""

MUTE_DRAWINGS = _probe("""
  return [...document.querySelectorAll('svg[role=img], svg:not([aria-hidden=true])')].filter((e) => {
    const place = e.closest('article, section') || e.parentElement;
    return !e.getAttribute('aria-label') || !place.querySelector('table');
  }).map(name);
""")
"""Drawings that are not hidden from readers and lack a summary in words or a table beside them."""

INVISIBLE_FOCUS = _probe("""
  const look = (e) => { const s = getComputedStyle(e); return [s.outlineStyle, s.outlineWidth, s.boxShadow].join(); };
  return [...document.querySelectorAll(controls)].filter((e) => {
    if (!seen(e)) return false;
    document.activeElement?.blur();
    const before = look(e);
    e.focus({focusVisible: true});
    return document.activeElement !== e || look(e) === before || parseFloat(getComputedStyle(e).outlineWidth) < 2;
  }).map(name);
""")
"""Controls that cannot be focused, or look the same when they are."""

DEAD_ENDS = _probe("""
  return [...document.querySelectorAll('.needs li')].filter((e) => !e.querySelector('a')).map(name);
""")
"""What asks for something and leads nowhere."""

PRINTED_CONTROLS = _probe("""
  return [...document.querySelectorAll('.top, .skip, main button, main input, main select, main textarea')]
    .filter(seen).map(name);
""")
"""What only makes sense on a screen."""

UNPRINTED = _probe("""
  const content = 'h1, h2:not(.needs h2, .steps h2, .demo h2), .exhibit h3, .exhibit .whys, .line h4, .standing';
  return [...document.querySelectorAll(content)].filter((e) => !seen(e)).map(name);
""")
"""Content that is missing on paper."""
