/// What one batch of a race's search showed: the share of its drops that leaked after a delay.
struct RacePoint: Equatable {
    /// The median delay of its drops, in µs.
    let delay: Double
    /// Drops made.
    let drops: Double
    /// Those that left something behind; not a whole number where a drift was taken off.
    let leaked: Double

    /// The share of the drops that leaked.
    var share: Double { leaked / drops }
}
