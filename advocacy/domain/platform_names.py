"""What people call the platforms."""

from advocacy.domain.activity import Platform

PLATFORM_NAMES = {
    Platform.X: "X",
    Platform.REDDIT: "Reddit",
    Platform.STACKEXCHANGE: "Stack Exchange",
    Platform.FEED: "blog",
    Platform.HACKERNEWS: "Hacker News",
    Platform.DISCOURSE: "Discourse",
    Platform.GITHUB: "GitHub",
    Platform.MASTODON: "Mastodon",
    Platform.BLUESKY: "Bluesky",
    Platform.DEV: "DEV",
    Platform.YOUTUBE: "YouTube",
    Platform.SLACK: "Slack",
    Platform.LINKEDIN: "LinkedIn",
    Platform.MANUAL: "logged by hand",
}
