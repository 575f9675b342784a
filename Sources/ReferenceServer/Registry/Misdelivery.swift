/// Leaves out a known number of deliveries and doubles another, so that what a load generator counts can be checked.
///
/// Which ones is no chance: of every ``period`` deliveries one is left out and another doubled, until each number is
/// reached. The period is a prime, so that they are spread over streams and messages.
struct Misdelivery {
    /// How often an event is to be written to a stream.
    enum Writes {
        case never
        case once
        case twice
    }

    /// From one delivery that is left out to the next.
    static let period = 101

    private var losesLeft: Int
    private var repeatsLeft: Int
    private var deliveries = 0

    init(lose: Int, repeats: Int) {
        (losesLeft, repeatsLeft) = (lose, repeats)
    }

    /// Whether any delivery is still to go wrong.
    var isDue: Bool { losesLeft > 0 || repeatsLeft > 0 }

    /// How the next delivery goes.
    mutating func next() -> Writes {
        deliveries += 1
        switch deliveries % Self.period {
        case 0 where losesLeft > 0:
            losesLeft -= 1
            return .never
        case Self.period / 2 where repeatsLeft > 0:
            repeatsLeft -= 1
            return .twice
        default: return .once
        }
    }
}
