import Testing
import Vocabulary

@Suite struct NanosecondsTests {
    @Test(
        arguments: [
            (0, 0), (1.5, 1_500_000_000), (-1, 0), (.nan, 0), (.infinity, .max), (-.infinity, 0), (1e30, .max),
            (0.6e-9, 1),
        ] as [(Double, UInt64)]
    )
    func secondsAreClamped(seconds: Double, nanoseconds: UInt64) {
        #expect(Nanoseconds(seconds: seconds) == nanoseconds)
    }
}
