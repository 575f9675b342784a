import ArgumentParser
import Vocabulary

/// A duration on the command line: `250ms`, `2s`, `5m`.
struct DurationArgument: ExpressibleByArgument {
    /// The duration, in ns.
    let nanoseconds: Nanoseconds

    init?(argument: String) {
        guard let nanoseconds = DurationText.parse(argument) else { return nil }
        self.nanoseconds = nanoseconds
    }
}
