import Testing

@testable import Probe

struct ProcessStatusTests {
    static let text = """
        Name:\tnode
        Umask:\t0022
        State:\tS (sleeping)
        Tgid:\t1234
        VmPeak:\t  911904 kB
        VmRSS:\t   42896 kB
        RssAnon:\t   11172 kB
        Threads:\t11
        SigQ:\t0/15421

        """

    @Test func readsWhatIsWanted() {
        let status = ProcessStatus(Array(Self.text.utf8)[...])
        #expect(status.state == UInt8(ascii: "S"))
        #expect(status.residentBytes == 43_925_504)
        #expect(status.threads == 11)
        #expect(!status.hasEnded)
    }

    @Test(arguments: ["Z (zombie)", "X (dead)"])
    func knowsTheDead(_ state: String) {
        let status = ProcessStatus(Array("Name:\tx\nState:\t\(state)\nThreads:\t1\n".utf8)[...])
        #expect(status.hasEnded)
        #expect(status.residentBytes == nil)
    }

    @Test(arguments: ["VmRSS:\t5 MB\n", "VmRSS:\n", "VmRSS:\t-5 kB\n", "VmRSS:\t99999999999999999999 kB", "VmRSS 5 kB"])
    func refusesWhatItCannotRead(_ text: String) {
        #expect(ProcessStatus(Array(text.utf8)[...]).residentBytes == nil)
    }
}
