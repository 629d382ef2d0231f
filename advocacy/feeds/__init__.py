"""What programs read by a token: Atom, JSON Feed and iCalendar, each whole and small."""
