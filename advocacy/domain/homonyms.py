"""Components that share their name with something outside the trade: Litmus is a paper, Kubera a comic."""

from dataclasses import replace

from advocacy.domain.vocabulary import Tags, Vocabulary


def told_apart(tags: Tags, vocabulary: Vocabulary, place: Tags) -> Tags:
    """Without the components that are named by a bare homonym, unless the text or its place is about the trade."""
    doubtful = {one: tags.places[one] for one in tags.components if _is_bare(one, tags, vocabulary)}
    if not doubtful or _is_technical(place) or _is_technical(_without(tags, doubtful)):
        return tags
    return _without(tags, doubtful)


def _is_bare(component: str, tags: Tags, vocabulary: Vocabulary) -> bool:
    term = vocabulary.components[component]
    bare = {*term.exact, component}
    return term.homonym and tags.surfaces[component].casefold() in {one.casefold() for one in bare}


def _without(tags: Tags, doubtful: dict[str, int]) -> Tags:
    """What stands nowhere but where a doubtful name stands is as doubtful."""
    there = set(doubtful.values())
    return replace(
        tags,
        components=tuple(one for one in tags.components if one not in doubtful),
        topics=tuple(one for one in tags.topics if tags.places[one] not in there),
    )


def _is_technical(tags: Tags) -> bool:
    return tags.any() or "technical" in tags.words
