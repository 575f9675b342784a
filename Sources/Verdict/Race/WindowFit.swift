import Glibc

/// The window that fits the batches of a search best, and how far from it the truth may lie.
///
/// The most likely parameters by Fisher's scoring, damped as by Levenberg and Marquardt. Shares of batches vary more than
/// binomially on a busy machine, so the intervals are widened by the dispersion that is seen (P. McCullagh and J. A.
/// Nelder, "Generalized Linear Models", 2nd edition, 4.5).
struct WindowFit {
    private static let mostSteps = 40
    private static let enough = 1e-6

    /// The window.
    private(set) var model: WindowModel
    /// The logarithm of its likelihood.
    private(set) var likelihood: Double
    /// Half of the 95% interval of each free parameter; infinite where the batches do not tell.
    private(set) var halves: [Double]

    /// The best fit near a first guess.
    ///
    /// - Parameter range: the delays that were tried, in µs.
    init(_ points: [RacePoint], from guess: WindowModel, within range: ClosedRange<Double>) {
        model = guess
        likelihood = Self.likelihood(guess, points)
        halves = []
        var damping = 1e-3
        for _ in 0..<Self.mostSteps {
            let (information, score) = Self.scoring(model, points)
            var damped = information
            for index in 0..<damped.size { damped[index, index] += damping * damped[index, index] + 1e-9 }
            guard let step = damped.inverse?.times(score) else { break }
            let next = model.moved(by: step, within: range)
            let reached = Self.likelihood(next, points)
            if reached > likelihood {
                let gain = reached - likelihood
                (model, likelihood) = (next, reached)
                damping = max(damping / 3, 1e-9)
                if gain < Self.enough { break }
            } else {
                damping *= 5
                if damping > 1e9 { break }
            }
        }
        halves = Self.halves(model, points)
    }

    /// Half of the 95% interval of a parameter; nil where the window is open there.
    func half(of parameter: WindowModel.Parameter) -> Double? {
        model.parameters.firstIndex(of: parameter).map { halves[$0] }
    }

    private static func likelihood(_ model: WindowModel, _ points: [RacePoint]) -> Double {
        points.reduce(0) { sum, point in
            let probability = model.probability(point.delay)
            return sum + point.leaked * log(probability) + (point.drops - point.leaked) * log(1 - probability)
        }
    }

    private static func scoring(_ model: WindowModel, _ points: [RacePoint]) -> (SquareMatrix, [Double]) {
        let size = model.parameters.count
        var information = SquareMatrix(size: size)
        var score = [Double](repeating: 0, count: size)
        for point in points {
            let probability = model.probability(point.delay)
            let gradient = model.gradient(point.delay)
            let weight = point.drops / (probability * (1 - probability))
            for row in 0..<size {
                score[row] += weight * gradient[row] * (point.share - probability)
                for column in 0..<size { information[row, column] += weight * gradient[row] * gradient[column] }
            }
        }
        return (information, score)
    }

    private static func halves(_ model: WindowModel, _ points: [RacePoint]) -> [Double] {
        let size = model.parameters.count
        guard points.count > size, let variance = scoring(model, points).0.inverse else {
            return [Double](repeating: .infinity, count: size)
        }
        let squares = points.reduce(0) { sum, point in
            let probability = model.probability(point.delay)
            let distance = point.leaked - point.drops * probability
            return sum + distance * distance / (point.drops * probability * (1 - probability))
        }
        let dispersion = max(1, squares / Double(points.count - size))
        let quantile = StudentT.quantile(freedom: points.count - size)
        return (0..<size).map { index in
            variance[index, index] > 0 ? quantile * (dispersion * variance[index, index]).squareRoot() : .infinity
        }
    }
}

/// How likely a drop leaks after a delay: a window with two ends, blurred alike by what varies from drop to drop.
///
///     p(x) = b + (P − b) · (σ((x − low) / s) − σ((x − high) / s)),  σ(t) = 1 / (1 + e⁻ᵗ)
///
/// Each end is the delay at which the share is half of that inside. An end that lies beyond the delays that were tried
/// is nil: the window is open there.
struct WindowModel: Equatable {
    /// The lower end, in µs; nil where the window is open.
    var low: Double?
    /// The upper end, in µs; nil where the window is open.
    var high: Double?
    /// The scale of the blur of both ends, in µs.
    var blur: Double
    /// The share of drops that leak inside.
    var share: Double
    /// The share of drops that leak far outside.
    var background: Double

    /// The names of the parameters that are free.
    enum Parameter {
        case low, high, blur, share, background
    }

    /// The parameters that are free, in order.
    var parameters: [Parameter] {
        (low == nil ? [] : [.low]) + (high == nil ? [] : [.high]) + [.blur, .share, .background]
    }

    /// The likelihood of a leak after a delay in µs.
    func probability(_ delay: Double) -> Double {
        let inside =
            (low.map { Self.step((delay - $0) / blur) } ?? 1) - (high.map { Self.step((delay - $0) / blur) } ?? 0)
        return min(max(background + (share - background) * inside, 1e-4), 1 - 1e-4)
    }

    /// The change of the likelihood with each free parameter.
    func gradient(_ delay: Double) -> [Double] {
        let lower = low.map { Self.step((delay - $0) / blur) } ?? 1
        let upper = high.map { Self.step((delay - $0) / blur) } ?? 0
        let (lowerSlope, upperSlope) = (lower * (1 - lower) / blur, upper * (1 - upper) / blur)
        let height = share - background
        return parameters.map { parameter in
            switch parameter {
            case .low: -height * lowerSlope
            case .high: height * upperSlope
            case .blur:
                height
                    * (upperSlope * ((delay - (high ?? 0)) / blur) - lowerSlope * ((delay - (low ?? 0)) / blur))
            case .share: lower - upper
            case .background: 1 - (lower - upper)
            }
        }
    }

    /// The model with its free parameters moved, kept where they mean something.
    func moved(by step: [Double], within range: ClosedRange<Double>) -> WindowModel {
        var moved = self
        for (parameter, change) in zip(parameters, step) {
            switch parameter {
            case .low: moved.low = low.map { min(max($0 + change, range.lowerBound), range.upperBound) }
            case .high: moved.high = high.map { min(max($0 + change, range.lowerBound), range.upperBound) }
            case .blur: moved.blur = min(max(blur + change, blur / 3, 0.5), blur * 3, range.upperBound)
            case .share: moved.share = min(max(share + change, 0.01), 0.999)
            case .background: moved.background = min(max(background + change, 0.001), 0.5)
            }
        }
        moved.background = min(moved.background, moved.share / 2)
        if let low = moved.low, let high = moved.high, high < low + 1 { moved.high = low + 1 }
        return moved
    }

    private static func step(_ value: Double) -> Double { 1 / (1 + exp(-value)) }
}

/// A small square matrix of numbers.
struct SquareMatrix {
    /// How many rows, and columns, it has.
    let size: Int
    private var values: [Double]

    /// A matrix of zeros.
    init(size: Int) {
        self.size = size
        values = [Double](repeating: 0, count: size * size)
    }

    /// An element.
    subscript(row: Int, column: Int) -> Double {
        get { values[row * size + column] }
        set { values[row * size + column] = newValue }
    }

    /// The inverse, by Gauss–Jordan elimination with pivots; nil where there is none.
    var inverse: SquareMatrix? {
        var left = self
        var right = SquareMatrix(size: size)
        for index in 0..<size { right[index, index] = 1 }
        for column in 0..<size {
            let pivot = (column..<size).max { abs(left[$0, column]) < abs(left[$1, column]) } ?? column
            guard abs(left[pivot, column]) > 1e-14 else { return nil }
            for index in 0..<size where pivot != column {
                (left[pivot, index], left[column, index]) = (left[column, index], left[pivot, index])
                (right[pivot, index], right[column, index]) = (right[column, index], right[pivot, index])
            }
            let scale = left[column, column]
            for index in 0..<size {
                left[column, index] /= scale
                right[column, index] /= scale
            }
            for row in 0..<size where row != column {
                let factor = left[row, column]
                guard factor != 0 else { continue }
                for index in 0..<size {
                    left[row, index] -= factor * left[column, index]
                    right[row, index] -= factor * right[column, index]
                }
            }
        }
        return right
    }

    /// The product with a column.
    func times(_ column: [Double]) -> [Double] {
        (0..<size).map { row in (0..<size).reduce(0) { $0 + self[row, $1] * column[$1] } }
    }
}
