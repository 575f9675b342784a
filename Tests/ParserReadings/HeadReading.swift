import HTTP

/// What came of a head: the head or the error that ended it, and the bytes after it.
package struct HeadReading<Head: HTTPHead & Equatable>: Equatable {
    package var head: Head?
    package var error: HTTPHeadError?
    package var left: [UInt8] = []

    /// Drives a parser over pieces.
    package init(_ pieces: [[UInt8]], limit: Int = 1000) {
        var parser = HTTPHeadParser<Head>(limitBytes: limit)
        defer { parser.release() }
        for piece in pieces where error == nil {
            withReceived(piece) { input in
                if head != nil {
                    left += input
                    return
                }
                do throws(HTTPHeadError) {
                    guard let parsed = try parser.parse(input) else { return }
                    head = parsed.head
                    left += input[parsed.consumed...]
                } catch {
                    self.error = error
                }
            }
        }
    }
}

package typealias ResponseReading = HeadReading<HTTPResponseHead>
package typealias RequestReading = HeadReading<HTTPRequestHead>
