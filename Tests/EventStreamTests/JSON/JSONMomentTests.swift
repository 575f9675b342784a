import EventStream
import Testing

/// Moments that servers write into their events.
@Suite struct JSONMomentTests {
    private func moment(_ text: String, unit: Int64 = 1_000_000) throws -> Int64? {
        let path = try #require(JSONPath(""))
        defer { path.release() }
        return Array(text.utf8).withUnsafeBytes { path.find(in: $0)?.moment(unit: unit) }
    }

    @Test(arguments: [
        ("1764043024123", 1_000_000, 1_764_043_024_123_000_000),
        ("1764043024.123456789", 1_000_000_000, 1_764_043_024_123_456_789),
        ("1764043024.1234567891234", 1_000_000_000, 1_764_043_024_123_456_789),
        ("0.5", 1_000, 500), ("-2.5", 1_000_000, -2_500_000), ("7", 1, 7),
        (#""1764043024123""#, 1_000_000, 1_764_043_024_123_000_000),
        (#""1970-01-01T00:00:00Z""#, 1, 0),
        (#""2026-11-25T03:57:04.5Z""#, 1, 1_795_579_024_500_000_000),
        (#""2026-11-25T04:57:04.500+01:00""#, 1, 1_795_579_024_500_000_000),
        (#""2026-11-24 22:27:04.5-05:30""#, 1, 1_795_579_024_500_000_000),
        (#""2024-02-29T12:00:00z""#, 1, 1_709_208_000_000_000_000),
    ])
    func isRead(text: String, unit: Int64, moment: Int64) throws {
        #expect(try self.moment(text, unit: unit) == moment)
    }

    @Test(arguments: [
        "null", "true", "{}", #""""#, #""soon""#, "1e12", "1.", "9223372036854775807", "99999999999999999999",
        // Without an offset the moment is not known.
        #""2026-11-25T03:57:04""#, #""2026-13-25T03:57:04Z""#, #""2026-11-25T24:00:00Z""#, #""2026-11-25""#,
        #""2026-11-25T03:57:04Z ""#, #""2026-11-25T03:57:04.Z""#, #""9999-11-25T03:57:04Z""#,
    ])
    func isNone(text: String) throws { #expect(try moment(text) == nil) }
}
