import Vocabulary

/// Makes every case of a run: the same seed, number, server and corpus give the same case.
struct CaseGenerator {
    private let seed: UInt64
    private let kinds: [(weight: Int, choice: CaseKind)]
    private let corpus: [FuzzCase]
    private let wire: WireCases
    private let state: StateCases

    /// A generator.
    ///
    /// - Parameters:
    ///   - only: the one kind of case that is made; nil for all that the server allows.
    ///   - corpus: cases that others are made from.
    init(seed: UInt64, only: CaseKind?, server: FuzzServer, corpus: [FuzzCase]) {
        self.seed = seed
        let hasTLS = server.secure != nil
        let all: [(weight: Int, choice: CaseKind)] = [(60, .wire), (35, .state), (hasTLS ? 5 : 0, .tls)]
        kinds = all.filter { only == nil ? $0.weight > 0 : $0.choice == only }
        let chosen = kinds.map(\.choice)
        self.corpus = corpus.filter { chosen.contains($0.kind) }
        wire = WireCases(server)
        state = StateCases(server)
    }

    /// The case of a number.
    func make(_ number: UInt64) -> FuzzCase {
        var random = SplitMix64(seeds: seed, number)
        // The corpus as it is comes first.
        if number < corpus.count { return corpus[Int(number)] }
        if !corpus.isEmpty, random.chance(30) {
            var test = random.pick(corpus)
            CaseMutator.mutate(&test, &random)
            return test
        }
        switch random.pick(weighted: kinds) {
        case .wire: return wire.make(&random)
        case .state: return state.make(&random)
        case .tls: return TLSCases.make(&random)
        }
    }
}
