"""Does a text show what it says? The kinds of example that it carries, by name."""

import re

_FENCE = re.compile(r"```[^`]{0,20000}```")
_PROMPT = re.compile(r"(?m)^[ \t>]*(?:\$|#|❯|PS>) ?(?:sudo )?(?:kubectl|helm|docker|git|go|make|curl|apt|pip|terraform|"
                     r"mysql|psql|npm|cargo|oc|argocd|flux|python3?|ssh|cat|lsblk|zpool|zfs|fio)\b \S")
_COMMAND = re.compile(r"`(?:kubectl|helm|docker|terraform|oc|istioctl|fio|zpool|psql|mysql) [^`\n]{2,200}`")
_INDENTED = re.compile(r"(?m)(?:^(?: {4}|\t)[^\s*\d-][^\n]*[{}();=:<>|$/][^\n]*\n){2,}")
_MANIFEST = re.compile(r"(?m)^[ \t]*(?:apiVersion|kind): ?\S+")
_REPOSITORY = re.compile(r"\b(?:github\.com|gitlab\.com|bitbucket\.org|codeberg\.org)/[\w.-]+/[\w.-]+(/\S*)?", re.I)
_TALKING = re.compile(r"/(?:issues|pull|pulls|discussions|merge_requests|wiki|sponsors)(?:/|$)", re.I)
_GIST = re.compile(r"\bgist\.github(?:usercontent)?\.com/\w", re.I)
_VIDEO = re.compile(r"\b(?:youtube\.com/(?:watch|live|shorts|embed)|youtu\.be/|vimeo\.com/\d|asciinema\.org/a/|"
                    r"loom\.com/share/|twitch\.tv/videos/)", re.I)
_DEMO = re.compile(r"\b(?:live demo|demo (?:video|app|application|repo|cluster|here)|here(?:'s| is) (?:a|the|my|our)"
                   r" (?:\w+ )?demo|recorded (?:a|the) (?:short |quick )?demo|(?:a|my|our|the) demo (?:of|shows|showing|is)|"
                   r"(?:killercoda|katacoda|play-with-docker|labs\.play-with)\S*)", re.I)
_SLIDES = re.compile(r"\b(?:slideshare\.net/|speakerdeck\.com/|docs\.google\.com/presentation|slides\.com/|"
                     r"(?:my|the|our|full|here are (?:my|the)) slides\b|slides (?:are )?(?:here|from|at|below|online)|slide deck)",
                     re.I)
_CASE = re.compile(r"\b(?:case study|user story from|success story|customer story|war story|real[- ]world (?:example|case|story)|"
                   r"at [A-Z][\w&.-]+(?: [A-Z][\w&.-]+)?,? (?:we|they|the team)\b|"
                   r"in production[,:]? (?:we|at|for)\b|(?:we|they|who) (?:run|ran|are running|use|used|deployed|moved|migrated)"
                   r" [^.\n]{1,80}\bin production|one of our (?:users|customers|clients)|a (?:customer|user) of ours|"
                   r"for example,? (?:a|an|one|the|when|our) )")
_EXAMPLES = (
    ("code block", _FENCE, ("```",)),
    ("code block", _PROMPT, ("$", "#", "❯", "ps>")),
    ("code block", _COMMAND, ("`",)),
    ("code block", _INDENTED, ("\n    ", "\n\t")),
    ("gist", _GIST, ("gist.",)),
    ("demo", _DEMO, ("demo", "killercoda", "katacoda", "play-with")),
    ("video", _VIDEO, ("youtu", "vimeo", "asciinema", "loom.com", "twitch")),
    ("slides", _SLIDES, ("slide", "speakerdeck", "/presentation")),
    ("case", _CASE, ("stud", "stor", "at ", "in production", "one of our", " of ours", "for example")),
)  #: name, pattern, and what must stand somewhere in the text for the slower pattern to be tried


def examples(text: str, title: str = "", url: str = "") -> tuple[str, ...]:
    """Name what the text carries to show itself: code block, manifest, repository, gist, demo, video, slides, case."""
    whole = f"{title}\n{text}\n"
    low = whole.lower()
    found = [
        name
        for name, pattern, needles in _EXAMPLES
        if any(needle in low for needle in needles) and pattern.search(whole)
    ]
    if len(_MANIFEST.findall(whole)) >= 2:
        found.append("manifest")
    if any(not _TALKING.search(link[1] or "") for link in _REPOSITORY.finditer(f"{whole}{url}")):
        found.append("repository")
    if _VIDEO.search(url):
        found.append("video")
    return tuple(dict.fromkeys(found))
