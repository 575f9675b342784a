import RunProfile
import Verdict
import Vocabulary

/// A threshold while the run lasts.
public struct LiveThreshold: Equatable, Sendable {
    /// What can be said of it.
    public enum State: Equatable, Sendable {
        /// It is judged at the run's end only.
        case open
        /// It holds at this moment.
        case holding
        /// It does not hold at this moment.
        case broken
    }

    /// The expression as written.
    public var expression: String
    /// The figure in its unit, as a person reads it; nil where it is not known yet.
    public var value: String?
    /// What can be said of it.
    public var state: State

    /// Looks at a threshold.
    ///
    /// - Parameters:
    ///   - counts: what the load's connections have done.
    ///   - peak: the most streams open at once.
    init(_ threshold: Threshold, counts: RunCounts, peak: Int) {
        expression = threshold.expression
        state = .open
        // One scenario's connections are not counted apart while they last.
        guard counts.started > 0, threshold.scenario == nil else { return }
        switch threshold.metric {
        case .errorRate:
            let rate = Double(counts.failed) / Double(counts.started)
            value = NumberText.threeDigits(rate * 100) + "%"
            state = threshold.comparison.holds(rate, threshold.bound) ? .holding : .broken
        case .errorCount, .connections(.failed): grown(to: counts.failed, threshold)
        case .connections(.attempted): grown(to: counts.started, threshold)
        case .connections(.dropped): grown(to: counts.dropped, threshold)
        case .connections(.peak): grown(to: peak, threshold)
        default: break
        }
    }

    /// Judges a count that never falls: what it has passed stays passed.
    private mutating func grown(to count: Int, _ threshold: Threshold) {
        value = NumberText.grouped(count)
        let (count, bound) = (Double(count), threshold.bound)
        state =
            switch threshold.comparison {
            case .less: count < bound ? .holding : .broken
            case .lessOrEqual: count <= bound ? .holding : .broken
            case .equal: count > bound ? .broken : count == bound ? .holding : .open
            case .notEqual: count > bound ? .holding : .open
            case .greater: count > bound ? .holding : .open
            case .greaterOrEqual: count >= bound ? .holding : .open
            }
    }
}
