import Testing

@testable import Probe

struct TCPStateCountsTests {
    @Test func countsBothKindsOfReceivedRequestsAsOne() {
        var counts = TCPStateCounts()
        for state: TCPState in [.synReceived, .newSynReceived, .closing, .closing] { counts.add(state) }
        #expect(counts[.synReceived] == 2)
        #expect(counts[.closing] == 2)
        #expect(counts[.established] == 0)
        #expect(counts.total == 4)
    }

    @Test func masksLeaveOutListenAndTimeWait() {
        #expect(TCPState.connectionMask == 0b1_1011_1011_1110)
    }
}
