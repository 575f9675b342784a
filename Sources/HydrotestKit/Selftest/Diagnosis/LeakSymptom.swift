import Verdict
import Vocabulary

/// What a run tells of one leaking gauge.
struct LeakSymptom: Equatable {
    /// What becomes of what is left.
    let leakClass: LeakClass
    /// The stages that it was traced to.
    let stages: Set<Stage>
    /// The manners that it was traced to.
    let manners: Set<Manner>

    /// A gauge's leaks, all of one class.
    init?(_ leaks: [Leak]) {
        guard let first = leaks.first else { return nil }
        leakClass = first.class
        stages = Set(leaks.compactMap(\.stage))
        manners = Set(leaks.compactMap(\.manner))
    }

    /// Whether it begins with the request, and not before.
    var beginsWithRequest: Bool { stages.min() == .requestSent }

    /// Whether it ends with the response's head.
    var endsWithHead: Bool { stages.max().map { $0 < .headersReceived } ?? false }

    /// Whether it goes on in the open stream.
    var reachesStream: Bool { stages.max().map { $0 >= .headersReceived } ?? false }
}
