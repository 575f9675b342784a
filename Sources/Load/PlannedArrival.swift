import Vocabulary

/// A connection by its position in its scenario, and when it starts.
struct PlannedArrival: Equatable {
    /// The position, from 0.
    let index: Int
    /// The moment, in ns from the start of the load.
    let moment: Nanoseconds
}
