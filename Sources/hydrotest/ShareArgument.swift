import ArgumentParser

/// A share on the command line, in percent from 0% to 100%: `0.01%`.
struct ShareArgument: ExpressibleByArgument {
    /// The share, from 0 to 1.
    let share: Double

    init?(argument: String) {
        guard argument.hasSuffix("%"), let percent = Double(argument.dropLast()), (0...100).contains(percent) else {
            return nil
        }
        share = percent / 100
    }
}
