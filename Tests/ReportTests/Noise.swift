/// Numbers from 0 to 1 that look random and are the same in every run (Knuth's MMIX generator).
struct Noise {
    private var state: UInt64 = 42

    mutating func next() -> Double {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Double(state >> 11) / Double(UInt64(1) << 53)
    }
}
