import ArgumentParser

/// A rate on the command line: `50/s`, `30/m`, `2/ms`.
struct RateArgument: ExpressibleByArgument {
    /// How many there are per second.
    let perSecond: Double

    init?(argument: String) {
        let parts = argument.split(separator: "/", omittingEmptySubsequences: false)
        let units: [Substring: Double] = ["ms": 1_000, "s": 1, "m": 1 / 60, "h": 1 / 3_600]
        guard parts.count == 2, let number = Double(parts[0]), number.isFinite, let unit = units[parts[1]] else {
            return nil
        }
        perSecond = number * unit
    }
}
