import ArgumentParser
import Vocabulary

/// A duration on the command line: `250ms`, `2s`, `5m`.
struct DurationArgument: ExpressibleByArgument, CustomStringConvertible {
    /// The duration, in ns.
    let nanoseconds: Nanoseconds

    /// A duration of so many ns.
    init(nanoseconds: Nanoseconds) { self.nanoseconds = nanoseconds }

    init?(argument: String) {
        guard let nanoseconds = DurationText.parse(argument) else { return nil }
        self.nanoseconds = nanoseconds
    }

    /// The duration as it is written.
    var description: String { DurationText.format(nanoseconds).filter { $0 != " " } }
}
