"""The names of elements as feedparser takes them, and which of them say nothing that we read."""

from functools import lru_cache

ATOM = "{http://www.w3.org/2005/Atom}"
GOOGLE = "http://schemas.google.com/g/2005"
DC = b"http://purl.org/dc/elements/1.1/"
BY_PREFIX = {b"gd": frozenset({GOOGLE.encode()}), b"dc": frozenset({DC, DC.replace(b"http:", b"https:")})}
"""Namespaces of which feedparser knows, but for DC, no more than the usual prefix."""

_PREFIXES = {
    "http://www.w3.org/2005/atom": "",
    "http://purl.org/dc/elements/1.1/": "dc_",
    "https://purl.org/dc/elements/1.1/": "dc_",
    "http://purl.org/dc/terms/": "dcterms_",
    "http://purl.org/rss/1.0/modules/content/": "content_",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner_",
    "http://search.yahoo.com/mrss": "media_",
    "http://search.yahoo.com/mrss/": "media_",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes_",
}

SILENT = frozenset(
    "category cloud comments copyright dc_publisher dc_rights dc_subject enclosure generator itunes_block"
    " itunes_category itunes_explicit itunes_image itunes_keywords itunes_subtitle keywords media_category"
    " media_content media_credit media_group media_keywords media_player media_thumbnail rights subtitle tagline"
    " webmaster".split()
)
"""Elements that feedparser understands and that touch nothing of a Document."""

CONTAINERS = frozenset({"media_content", "media_group"})
"""Silent themselves; what stands in them is heard."""

TOLD = frozenset(
    "author content content_encoded created dc_creator dc_date dc_language dcterms_created dcterms_issued"
    " dcterms_modified description email feedburner_origlink guid id image issued itunes_author itunes_summary"
    " language lastbuilddate link managingeditor media_description media_statistics media_title modified name pubdate"
    " published summary title ttl updated uri".split()
)
"""Elements that say something."""

SPECIAL = frozenset({"base", "href", "ispermalink", "lang", "mode", "rel", "src", "type", "uri", "url", "version"})
"""Attributes that change what an element says."""

MEANT = frozenset(
    "abstract author block body box browserfriendly category channel chapter chapters cloud content contributor"
    " copyright created creator credit date description email enclosure encoded entry expirationdate explicit exterior"
    " feed fullitem generator geom georssgeom group guid height homepage id image info issued item keywords language"
    " lastbuilddate license line linearring linestring link managingeditor modified name newlocation owner player point"
    " polygon pos poslist pubdate published publisher rating restriction rights rss source subject subtitle summary"
    " tagline tags textinput thumbnail title updated uri url valid webmaster where width"
    " authors detail guidislink links origlink parsed statistics ttl".split()
)
"""Names that mean something in some namespace; the last line are keys under which feedparser keeps what it found."""


@lru_cache(maxsize=4096)
def name_of(tag: str) -> str:
    """Give the name by which an element is understood ('dc_creator'), '' for one that says nothing to anybody.

    A name that means something, but in a namespace that is none of the usual ones, is given with '?'.
    """
    space, _, local = tag.rpartition("}")
    local = local.lower()
    prefix = _PREFIXES.get(space[1:].lower()) if space else ""
    if prefix is not None and (name := f"{prefix}{local}") in SILENT | TOLD:
        return name
    return f"?{local}" if local in MEANT and space[1:] != GOOGLE else ""
