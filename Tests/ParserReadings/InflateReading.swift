import EventStream

/// What came of a compressed body: its bytes and the error that ended it.
package struct InflateReading: Equatable {
    package var body: [UInt8] = []
    package var error: InflateError?

    /// What is expected of a body that ends well.
    package init(whole body: [UInt8]) {
        self.body = body
    }

    /// Drives an inflater over pieces and then says that the body has ended.
    package init(_ pieces: [[UInt8]], _ format: CompressionFormat, scratch: Int, ratio: Int = 2000) {
        var inflater = Inflater(format, ratio: ratio)
        defer { inflater.release() }
        for piece in pieces {
            let error = withReceived(piece) { input in
                Self.drain(&input, with: &inflater, scratch: scratch, into: &body)
            }
            if let error {
                self.error = error
                return
            }
        }
        do throws(InflateError) {
            try inflater.finish()
        } catch {
            self.error = error
        }
    }

    package static func unpack(
        _ bytes: [UInt8],
        with inflater: inout Inflater,
        scratch: Int
    ) -> Result<[UInt8], InflateError> {
        var body: [UInt8] = []
        let error = withReceived(bytes) { drain(&$0, with: &inflater, scratch: scratch, into: &body) }
        return error.map(Result.failure) ?? .success(body)
    }

    private static func drain(
        _ input: inout UnsafeRawBufferPointer,
        with inflater: inout Inflater,
        scratch: Int,
        into body: inout [UInt8]
    ) -> InflateError? {
        let room = UnsafeMutableRawBufferPointer.allocate(byteCount: scratch, alignment: 1)
        defer { room.deallocate() }
        do throws(InflateError) {
            while let slice = try inflater.next(&input, scratch: room) { body += slice }
            return nil
        } catch {
            return error
        }
    }
}
