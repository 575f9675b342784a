/// Some measurements of one quantity.
struct Sample {
    /// The measurements.
    let values: [Double]

    /// How many there are.
    var count: Int { values.count }

    /// Their mean; 0 without any.
    var mean: Double { values.isEmpty ? 0 : values.reduce(0, +) / Double(count) }

    /// The sum of their squared distances from the mean.
    var squares: Double {
        let mean = mean
        return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    }

    /// Their standard deviation, estimated with one degree of freedom less; 0 where there are fewer than two.
    var deviation: Double { count < 2 ? 0 : (squares / Double(count - 1)).squareRoot() }
}
