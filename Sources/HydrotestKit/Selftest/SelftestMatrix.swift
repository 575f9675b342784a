import Vocabulary

/// What was found, by what was switched on: the confusion matrix of the tool.
public struct SelftestMatrix: Codable, Equatable, Sendable {
    /// The runs of one server.
    public struct Row: Codable, Equatable, Sendable {
        /// The fault that was switched on, or `clean`.
        public var server: String
        /// Cases carried out.
        public var cases = 0
        /// Cases in which the fault was found; nil where none was switched on.
        public var found: Int?
        /// Cases in which it was not; nil where none was switched on.
        public var missed: Int?
        /// What else the server was accused of, with the number of cases.
        public var falselyAccused: [String: Int] = [:]
        /// Cases that could not be carried out.
        public var failed = 0
        /// The mean time of a case, in seconds.
        public var seconds = 0.0

        /// Whether every case found what was switched on and nothing else.
        public var isRight: Bool { missed ?? 0 == 0 && falselyAccused.isEmpty && failed == 0 }
    }

    /// The servers, in the order of ``Fault``, the clean ones last.
    public private(set) var rows: [Row] = []

    /// Cases that there should be.
    public private(set) var planned: Int

    /// The matrix of some results.
    ///
    /// - Parameter planned: cases that there should be; fewer results than that are no proof.
    public init(_ results: [SelftestResult], planned: Int) {
        self.planned = planned
        let hidden = SelftestSubject.hiding.flatMap { hiding in
            Fault.allCases.map { SelftestSubject.beside($0, hiding) }
        }
        let subjects =
            Fault.allCases.map(SelftestSubject.fault) + hidden + [.clean, .cleanWithNeighbour, .cleanRecycling]
        rows = subjects.compactMap { subject in
            let own = results.filter { $0.selftest.subject == subject }
            guard !own.isEmpty else { return nil }
            var row = Row(server: subject.name)
            row.cases = own.count
            if subject.fault != nil {
                row.found = own.count { $0.found == true }
                row.missed = own.count { $0.found == false }
            }
            // One case accuses of a thing at most once.
            for accusation in own.flatMap({ Set($0.accusations) }) { row.falselyAccused[accusation, default: 0] += 1 }
            row.failed = own.count { $0.failure != nil }
            row.seconds = own.reduce(0) { $0 + $1.seconds } / Double(own.count)
            return row
        }
    }

    /// Cases that were carried out.
    public var cases: Int { rows.reduce(0) { $0 + $1.cases } }

    /// Whether every case was carried out, and each found what was switched on and nothing else.
    public var passed: Bool { !rows.isEmpty && cases == planned && rows.allSatisfy(\.isRight) }
}
