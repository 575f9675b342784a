import Testing
import Vocabulary

@Suite struct NumberTextTests {
    @Test(
        arguments: [
            (0, "0"), (0.012, "0.012"), (0.0012, "0.0012"), (0.0004, "0.00040"), (0.000001, "0.000001"),
            (1e-7, "0.000"), (1.25, "1.25"), (-1.25, "-1.25"), (60, "60.0"),
            (0.9996, "1.00"), (9.996, "10.0"), (99.96, "100"), (1234.4, "1234"),
            (-0.0001, "-0.00010"), (.nan, "nan"), (.infinity, "inf"), (1e16, "1e+16"),
        ] as [(Double, String)]
    )
    func threeDigits(value: Double, text: String) {
        #expect(NumberText.threeDigits(value) == text)
    }

    @Test(
        arguments: [
            (2.5, 0, "3"), (2.5, 1, "2.5"), (0.05, 3, "0.050"), (-0.05, 1, "-0.1"), (1e12, 3, "1000000000000.000"),
            (999_999_999_999_999, 9, "999999999999999.0"), (0.125, 15, "0.125000000000000"),
        ] as [(Double, Int, String)]
    )
    func fixedDigits(value: Double, digits: Int, text: String) {
        #expect(NumberText.fixed(value, digits: digits) == text)
    }

    @Test(arguments: [
        (0, "0"), (999, "999"), (1_000, "1,000"), (12_345, "12,345"), (-1_234_567, "-1,234,567"),
        (Int.min, "-9,223,372,036,854,775,808"),
    ])
    func groups(value: Int, text: String) {
        #expect(NumberText.grouped(value) == text)
    }

    @Test(
        arguments: [
            (0, "0 B"), (512, "512 B"), (1_280, "1.25 KiB"), (3 * 1_048_576, "3.00 MiB"), (5e9, "4.66 GiB"),
            (1e15, "909 TiB"),
        ] as [(Double, String)]
    )
    func bytes(count: Double, text: String) {
        #expect(NumberText.bytes(count) == text)
    }
}
