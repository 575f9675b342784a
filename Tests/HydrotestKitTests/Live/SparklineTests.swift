import Testing

@testable import HydrotestKit

@Suite struct SparklineTests {
    @Test(
        arguments: [
            ([], 0, ""),
            ([0, 0, 0], 0, "▁▁▁"),
            ([0, 1, 2, 3, 4, 5, 6, 7, 8], 0, "▁▁▂▃▄▅▆▇█"),
            ([nil, 8, nil, 1], 0, " █ ▁"),
            ([8, 8], 0, "██"),
            ([100, 101, 104], nil, "▁▂█"),
            ([-1, 1], 0, "▁█"),
            ([.nan, 1], 0, " █"),
        ] as [([Double?], Double?, String)]
    )
    func valuesAreHeights(values: [Double?], base: Double?, text: String) {
        #expect(Sparkline.text(values, base: base) == text)
    }
}
