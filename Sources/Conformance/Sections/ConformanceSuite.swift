/// Every section, in the order of their numbers.
public enum ConformanceSuite {
    /// The sections.
    public static let sections: [ConformanceSection] = [
        .responseHead, .stream, .negotiation, .resume, .liveness, .tls, .requests,
    ]

    /// The numbers of all cases, in order.
    public static var numbers: [CaseNumber] {
        sections.flatMap { section in
            section.cases.map { CaseNumber(section: section.number, number: $0.number) }
        }
    }

    /// The exchanges that the judgement of some cases needs, in the order in which they are carried out.
    static func exchanges(for selection: CaseSelection) -> [ExchangeName] {
        var wanted: Set<ExchangeName> = []
        for section in sections {
            for one in section.cases
            where selection.contains(CaseNumber(section: section.number, number: one.number), one.level) {
                wanted.formUnion(one.exchanges)
            }
        }
        // What builds upon another exchange needs it as well.
        for name in wanted { wanted.formUnion(name.foundation) }
        return ExchangeName.allCases.filter(wanted.contains)
    }
}

/// A chapter of cases.
public struct ConformanceSection: Sendable {
    /// The number.
    public let number: Int
    /// A few words.
    public let title: String
    /// The cases, numbered from 1.
    public let cases: [ConformanceCase]

    /// A section from its parts.
    init(_ number: Int, _ title: String, _ cases: [ConformanceCase]) {
        self.number = number
        self.title = title
        self.cases = cases
    }
}

/// Which cases are judged.
public struct CaseSelection: Sendable {
    /// The cases and sections to judge; none for all.
    public var only: [CaseNumber] = []
    /// The cases and sections to leave out.
    public var skipped: [CaseNumber] = []
    /// The weakest level to judge.
    public var level = RequirementLevel.advice

    /// All cases.
    public init() {}

    /// Whether a case is judged.
    func contains(_ number: CaseNumber, _ level: RequirementLevel) -> Bool {
        level <= self.level && (only.isEmpty || only.contains { $0.covers(number) })
            && !skipped.contains { $0.covers(number) }
    }

    /// The first number that names no case.
    public var unknown: CaseNumber? {
        (only + skipped).first { wanted in !ConformanceSuite.numbers.contains { wanted.covers($0) } }
    }
}

/// The number of a case: `3.2`; of a whole section: `3`.
public struct CaseNumber: Hashable, Sendable {
    /// The section.
    public let section: Int
    /// The case within it; nil for all of them.
    public let number: Int?

    /// A number from its parts.
    public init(section: Int, number: Int?) {
        self.section = section
        self.number = number
    }

    /// Reads `3.2` or `3`.
    ///
    /// - Returns: nil where the text is neither.
    public init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), parts.allSatisfy({ $0.allSatisfy(\.isWholeNumber) }) else { return nil }
        guard let section = Int(parts[0]) else { return nil }
        if parts.count == 2, Int(parts[1]) == nil { return nil }
        self.init(section: section, number: parts.count == 2 ? Int(parts[1]) : nil)
    }

    /// Whether a case is meant by this number.
    func covers(_ other: CaseNumber) -> Bool {
        section == other.section && (number == nil || number == other.number)
    }
}

extension CaseNumber: CustomStringConvertible {
    /// The number as it is typed.
    public var description: String { number.map { "\(section).\($0)" } ?? "\(section)" }
}
