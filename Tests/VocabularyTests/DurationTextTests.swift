import Testing
import Vocabulary

@Suite struct DurationTextTests {
    @Test(
        arguments: [
            ("0", 0), ("0s", 0), ("1ns", 1), ("250ms", 250_000_000), ("2s", 2_000_000_000), ("5m", 300_000_000_000),
            ("1h", 3_600_000_000_000), ("1.5s", 1_500_000_000), (".5s", 500_000_000), ("7us", 7_000), ("7µs", 7_000),
            ("0.4ns", 0), ("0.5ns", 1), ("1000000000s", 1_000_000_000_000_000_000),
        ] as [(String, UInt64)]
    )
    func readsWhatPeopleWrite(text: String, nanoseconds: UInt64) {
        #expect(DurationText.parse(text) == nanoseconds)
    }

    @Test(arguments: [
        "", "5", "00", "s", "-1s", "+1s", "1 s", " 1s", "1s ", "1S", "1e3s", "1.2.3s", ".s", "1d", "1sms", "1,5s", "∞s",
        "٣s", "nans", "infs", "9000000000s", "99999999999999999999999999999999999h",
    ])
    func refusesEverythingElse(text: String) {
        #expect(DurationText.parse(text) == nil)
    }

    @Test(
        arguments: [
            (0, "0 s"), (1, "1 ns"), (999, "999 ns"), (1_000, "1.00 µs"), (12_345, "12.3 µs"), (999_499, "999 µs"),
            (999_500, "1.00 ms"), (1_250_000, "1.25 ms"), (999_499_999, "999 ms"), (999_500_000, "1.00 s"),
            (60_000_000_000, "60.0 s"), (599_000_000_000, "599 s"), (600_000_000_000, "10.0 min"),
            (.max, "307445735 min"),
        ] as [(UInt64, String)]
    )
    func writesThreeDigits(duration: UInt64, text: String) {
        #expect(DurationText.format(duration) == text)
    }
}
