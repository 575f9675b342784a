import HTTP
import EventLoop
import Testing
import Vocabulary

@testable import Load

@Suite struct LoadPublisherTests {
    @Test func theScheduleIsEvenAndNeverDrifts() throws {
        var publisher = try Made.publisher(1, rate: 3)
        publisher.start = 500 * .perMillisecond
        #expect(publisher.moment(of: 0) == 500 * .perMillisecond)
        #expect(publisher.moment(of: 3_000) == 1_000_500 * .perMillisecond)
        #expect(publisher.moment(of: 1) == 833_333_333)
    }

    @Test func aRequestCarriesItsStampTwice() throws {
        let publisher = try Made.publisher(1, body: "<${seq}>")
        let text = String(decoding: publisher.request(number: 42_000_000_000_001, at: 7).bytes, as: UTF8.self)
        #expect(text.hasPrefix("POST /publish HTTP/1.1\r\nHost: localhost\r\n"))
        #expect(text.contains("\r\nHydrotest-Message: 42000000000001\r\nContent-Length: 16\r\n\r\n<42000000000001>"))
    }

    @Test(arguments: [
        (20.0, 1 as Nanoseconds, 4), (20.0, 2, 4), (100.0, 1, 8), (1_000.0, 1, 64), (100_000.0, 60, 256), (0.1, 1, 4),
    ])
    func theWindowHoldsTwiceTheGrace(rate: Double, seconds: Nanoseconds, words: Int) throws {
        var publisher = try Made.publisher(1, rate: rate)
        publisher.grace = seconds * .perSecond
        #expect(publisher.windowWords == words)
    }
}
