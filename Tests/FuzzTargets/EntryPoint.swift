import Glibc

/// The target that the environment names; the first, where it names none.
private let target: FuzzTarget = {
    guard let name = getenv("HYDROTEST_FUZZ_TARGET").map({ String(cString: $0) }) else { return .responseHead }
    guard let target = FuzzTarget(rawValue: name) else {
        let names = FuzzTarget.allCases.map(\.rawValue).joined(separator: ", ")
        fatalError("HYDROTEST_FUZZ_TARGET is \"\(name)\"; there are \(names)")
    }
    return target
}()

/// What libFuzzer calls with each input.
@_cdecl("LLVMFuzzerTestOneInput")
func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    target.run(Array(UnsafeBufferPointer(start: start, count: count)))
    return 0
}
