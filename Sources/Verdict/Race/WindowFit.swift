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
