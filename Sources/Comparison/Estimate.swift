/// A figure of one run with its 95% interval: what another run of the same server might have shown by chance.
public struct Estimate: Codable, Equatable, Sendable {
    /// The figure, in its unit.
    public var value: Double
    /// The lower end of the interval; nil where it is not known.
    public var low: Double?
    /// The upper end of the interval; nil where it is not known.
    public var high: Double?

    /// An estimate from its parts.
    public init(_ value: Double, low: Double?, high: Double?) {
        self.value = value
        self.low = low
        self.high = high
    }

    /// A figure without chance in it: any change of it is one.
    public static func exact(_ value: Double) -> Estimate { Estimate(value, low: value, high: value) }

    /// A figure of which one run does not tell how far chance moves it.
    public static func unknown(_ value: Double) -> Estimate { Estimate(value, low: nil, high: nil) }
}
