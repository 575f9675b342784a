import EventLoop
import Vocabulary

/// Reduces a case while it still fails: steps, then what is in each.
final class Shrinker {
    private let fails: (FuzzCase) throws(FuzzError) -> Bool
    private var trialsLeft: Int
    private let deadline: Nanoseconds

    /// A shrinker.
    ///
    /// - Parameters:
    ///   - trials: how often a case may be tried.
    ///   - deadline: when it must end, in ns of the monotonic clock.
    ///   - fails: carries a case out and says whether it still fails.
    init(
        trials: Int = FuzzLimits.shrinkTrials,
        deadline: Nanoseconds = .max,
        fails: @escaping (FuzzCase) throws(FuzzError) -> Bool
    ) {
        trialsLeft = trials
        self.deadline = deadline
        self.fails = fails
    }

    /// The smallest case that was found to fail still.
    func shrink(_ test: FuzzCase) throws(FuzzError) -> FuzzCase {
        var smallest = test
        var changed = true
        while changed, isAllowed {
            changed = false
            if try removeSteps(&smallest) { changed = true }
            if try simplifyOrder(&smallest) { changed = true }
            if try simplifyTopics(&smallest) { changed = true }
            if try simplifySteps(&smallest) { changed = true }
        }
        return smallest
    }

    private var isAllowed: Bool { trialsLeft > 0 && MonotonicClock.now() < deadline }

    /// Tries a smaller case.
    private func attempt(_ smaller: FuzzCase, _ smallest: inout FuzzCase) throws(FuzzError) -> Bool {
        guard isAllowed, smaller != smallest else { return false }
        trialsLeft -= 1
        guard try fails(smaller) else { return false }
        smallest = smaller
        return true
    }

    /// Halves first, then single steps from the last to the first.
    private func removeSteps(_ smallest: inout FuzzCase) throws(FuzzError) -> Bool {
        var changed = false
        var size = smallest.steps.count / 2
        while size >= 1 {
            var end = smallest.steps.count
            while end > 0, smallest.steps.count > 1 {
                var smaller = smallest
                smaller.steps.removeSubrange(max(0, end - size)..<min(end, smaller.steps.count))
                if !smaller.steps.isEmpty, try attempt(smaller, &smallest) { changed = true }
                end = min(end - size, smallest.steps.count)
            }
            size /= 2
        }
        return changed
    }

    private func simplifyOrder(_ smallest: inout FuzzCase) throws(FuzzError) -> Bool {
        guard smallest.order == .race else { return false }
        var smaller = smallest
        smaller.order = .sequence
        return try attempt(smaller, &smallest)
    }

    private func simplifyTopics(_ smallest: inout FuzzCase) throws(FuzzError) -> Bool {
        var changed = false
        for smaller in smallest.withSimplerTopics where try attempt(smaller, &smallest) { changed = true }
        return changed
    }

    private func simplifySteps(_ smallest: inout FuzzCase) throws(FuzzError) -> Bool {
        var changed = false
        for place in smallest.steps.indices {
            var goesOn = true
            while goesOn {
                goesOn = false
                for action in smallest.steps[place].action.simpler {
                    var smaller = smallest
                    smaller.steps[place].action = action
                    if try attempt(smaller, &smallest) {
                        changed = true
                        goesOn = true
                        break
                    }
                }
            }
        }
        return changed
    }
}
