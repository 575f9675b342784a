import RunProfile
import Testing
import Vocabulary

@testable import HydrotestKit

@Suite struct ExaminationTests {
    private let reader = ProfileReader(environment: [:])

    @Test func everyProfileCanBeRead() throws {
        let subjects = Fault.allCases.map(SelftestSubject.fault) + [.clean, .cleanWithNeighbour, .cleanRecycling]
        for subject in subjects {
            for transport in Scenario.Transport.allCases {
                let selftest = SelftestCase(subject, transport, seed: 7)
                for examination in Examination.allCases {
                    let profile = try reader.read(examination.profile(of: selftest), file: "made.yaml")
                    #expect(profile.reference.faults == subject.faults)
                    #expect(profile.seed == 7)
                    #expect(profile.scenarios.allSatisfy { $0.transport == transport })
                    #expect(!profile.probes.isEmpty)
                }
            }
        }
    }

    @Test(arguments: Examination.allCases)
    func theLoadIsTheSameWhateverTheFault(examination: Examination) throws {
        func read(_ subject: SelftestSubject) throws -> Profile {
            var profile = try reader.read(
                examination.profile(of: SelftestCase(subject, .tls, seed: 1)),
                file: "made.yaml"
            )
            profile.name = ""
            profile.reference.faults = []
            return profile
        }
        let clean = try read(.clean)
        for fault in Fault.allCases { #expect(try read(.fault(fault)) == clean) }
    }

    /// What would have expired by the load's end could not be seen.
    @Test func dropsGoOnToTheEndOfTheLoad() throws {
        let text = Examination.streams.profile(of: SelftestCase(.clean, .plain, seed: 1))
        let profile = try reader.read(text, file: "made.yaml")
        let end = try profile.scenarios.map { scenario in
            let arrivals = Double(scenario.connections) / (try #require(scenario.arrival.highestRate))
            return arrivals + (scenario.hold ?? 0).inSeconds
        }
        #expect(end[1] >= end[0])
    }

    @Test func dropsFallIntoTheWindow() throws {
        let text = Examination.streams.profile(of: SelftestCase(.clean, .plain, seed: 1))
        let profile = try reader.read(text, file: "made.yaml")
        for drop in profile.scenarios.compactMap(\.drop) {
            #expect(drop.delay.upperBound * 2 <= profile.reference.raceWindow)
            #expect(drop.delay.lowerBound > 0)
        }
    }
}
