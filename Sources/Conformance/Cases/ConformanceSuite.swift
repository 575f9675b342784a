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
