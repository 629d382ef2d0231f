"""Does a text show what it says? The kinds of example that it carries, by name."""

import re


def _any_of(*ways: str, fold: bool = True) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(ways) + ")", re.IGNORECASE if fold else 0)


_TOOLS = (
    "kubectl|helm|docker|git|go|make|curl|apt|pip|terraform|mysql|psql|npm|cargo|oc|argocd|flux|python3?"
    "|ssh|cat|lsblk|zpool|zfs|fio|istioctl"
)
_FENCE = re.compile(r"```[^`]{0,20000}```")
_PROMPT = re.compile(rf"(?m)^[ \t>]*(?:\$|#|❯|PS>) ?(?:sudo )?(?:{_TOOLS})\b \S")
_COMMAND = re.compile(rf"`(?:{_TOOLS}) [^`\n]{{2,200}}`")
_INDENTED = re.compile(r"(?m)(?:^(?: {4}|\t)[ \t]{0,40}[^\s*\d-][^\n]*[{}();=:<>|$/][^\n]*\n){2,}")
_MANIFEST = re.compile(r"(?m)^[ \t]*(?:apiVersion|kind): ?\S+")
_REPOSITORY = _any_of(r"(?<!gist\.)(?:github\.com|gitlab\.com|bitbucket\.org|codeberg\.org)/[\w.-]+/[\w.-]+(/\S*)?")
_HOSTS = ("github.com/", "gitlab.com/", "bitbucket.org/", "codeberg.org/")
_TALKING = re.compile(r"/(?:issues|pull|pulls|discussions|merge_requests|wiki|sponsors)(?:/|$)", re.IGNORECASE)
_GIST = _any_of(r"gist\.github(?:usercontent)?\.com/\w")
_VIDEO = _any_of(
    r"youtube\.com/(?:watch|live|shorts|embed)",
    r"youtu\.be/",
    r"vimeo\.com/\d",
    r"asciinema\.org/a/",
    r"loom\.com/share/",
    r"twitch\.tv/videos/",
)
_DEMO = _any_of(
    r"live[ -]demo",
    r"d[eé]mo (?:en (?:directo|vivo|direct|live)|ao vivo|mit|live)",
    r"demo (?:video|app|application|repo|cluster|here|below)",
    r"here(?:'s| is) (?:a|the|my|our) (?:\w+ )?demo",
    r"recorded (?:a|the) (?:short |quick )?demo",
    r"(?:a|my|our|the) demo (?:of|shows|showing|is)",
    r"(?:killercoda|katacoda|play-with-(?:docker|k8s))\.com",
)
_SLIDES = _any_of(
    r"slideshare\.net/",
    r"speakerdeck\.com/",
    r"docs\.google\.com/presentation",
    r"(?:my|the|our|full) slides\b",
    r"slides (?:are )?(?:here|from|at|below|online)",
    r"slide deck",
)
_CASE = _any_of(
    r"case stud(?:y|ies)",
    r"(?:success|customer|user|war) story",
    r"[Rr]eal[- ]world (?:example|case|story)",
    r"[Aa]t (?!KubeCon|DevOpsDays|FOSDEM)[A-Z][\w&.-]+(?: [A-Z][\w&.-]+)?,? (?:we|they|the team)\b",
    r"[Ii]n production,? we\b",
    r"(?:[Ww]e|[Tt]hey|who|I) (?:have |had |now )?(?:run|ran|are running|use|used|deployed|moved|migrated)"
    r" [^.\n]{1,80}\bin production",
    r"[Oo]ne of our (?:users|customers|clients)",
    r"[Aa] (?:customer|user) of ours",
    fold=False,
)
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


def example(text: str, title: str = "", url: str = "") -> str:
    """Name the first thing that shows it, '' for none: code block, gist, demo, video, slides, case, manifest, …"""
    whole = f"{title}\n{text}\n"
    low = whole.lower()
    for name, pattern, needles in _EXAMPLES:
        if any(needle in low for needle in needles) and pattern.search(whole):
            return name
    if "apiversion:" in low and len(_MANIFEST.findall(whole)) >= 2:
        return "manifest"
    if _is_repository(f"{whole}{url}"):
        return "repository"
    return "video" if _VIDEO.search(url) else ""


def _is_repository(text: str) -> bool:
    """Whether it links to code, and not to people talking about code."""
    if not any(host in text for host in _HOSTS):
        return False
    return any(not _TALKING.search(link[1] or "") for link in _REPOSITORY.finditer(text))
