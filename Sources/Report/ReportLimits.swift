/// The bounds of what a report shows; what lies past one is counted in the report, never silently left out.
public enum ReportLimits {
    /// The most points that one line of a plot is drawn from.
    public static let pointsPerLine = 600
    /// The most plots of gauges and other series.
    public static let plots = 24
    /// The most rows of one table.
    public static let rows = 200
    /// The most levels of a climb on a terminal.
    public static let levels = 20
    /// The most findings.
    public static let findings = 50
    /// The most sentences of evidence for one finding.
    public static let evidence = 12
    /// The most characters of one text from the record.
    public static let textLength = 400
    /// The most bars of one distribution.
    public static let bars = 60
    /// The most rows of a race's plot on a terminal.
    public static let raceRows = 18
    /// The most times in which streams were away.
    public static let outages = 100
    /// The most bytes of the profile's text.
    public static let profileBytes = 64 << 10
    /// The most phases that one plot shows.
    public static let phases = 24
}
