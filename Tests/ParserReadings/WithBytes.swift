/// Hands bytes to a body in memory that is overwritten and freed right after, as a receive buffer is.
package func withReceived<Result>(_ bytes: [UInt8], _ body: (inout UnsafeRawBufferPointer) throws -> Result) rethrows
    -> Result
{
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
    defer {
        memory.initializeMemory(as: UInt8.self, repeating: 0x21)
        memory.deallocate()
    }
    memory.copyBytes(from: bytes)
    var input = UnsafeRawBufferPointer(memory)
    return try body(&input)
}
