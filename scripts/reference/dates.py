"""Minutes, days and dates."""

DAY = 1440  # minutes
MONTH, YEAR = 30 * DAY, 365 * DAY
UNITS_OF_TIME = {"minute": 1, "hour": 60, "day": DAY, "week": 7 * DAY, "month": MONTH, "year": YEAR}
LONGEST = 200 * YEAR
NOTES = ("source", "confidence")  # may stand in any mapping
RELEASED = "release"
