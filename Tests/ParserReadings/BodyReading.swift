import EventStream

/// What came of a body: its bytes, the error that ended it, whether it is complete, and the bytes left after it.
package struct BodyReading: Equatable {
    package var body: [UInt8] = []
    package var error: BodyError?
    package var isComplete = false
    package var left: [UInt8] = []

    /// Drives a decoder over pieces.
    package init(_ pieces: [[UInt8]], _ start: BodyDecoder) {
        var decoder = start
        for piece in pieces {
            withReceived(piece) { input in
                do {
                    while error == nil, let slice = try decoder.next(&input) { body += slice }
                    left += input
                } catch let failure as BodyError {
                    error = failure
                } catch {}
            }
        }
        isComplete = decoder.isComplete
    }

    /// What is expected of a body that ends well.
    package init(body: String, left: String = "") {
        self.body = Array(body.utf8)
        self.left = Array(left.utf8)
        isComplete = true
    }
}
