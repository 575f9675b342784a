import Glibc

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
