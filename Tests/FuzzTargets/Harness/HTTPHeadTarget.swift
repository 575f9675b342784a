import EventStream

/// Heads of requests and responses: cut anywhere, they say the same.
enum HTTPHeadTarget {
    private static let limit = 4_096

    static func run(_ bytes: UnsafeRawBufferPointer) {
        compare(HTTPRequestHead.self, bytes)
        compare(HTTPResponseHead.self, bytes)
    }

    private static func compare<Head: HTTPHead & Equatable>(_: Head.Type, _ bytes: UnsafeRawBufferPointer) {
        let (whole, cut) = (read(Head.self, whole: bytes), read(Head.self, cut: bytes))
        precondition(whole == cut, "a head reads otherwise when it is cut: \(whole) and \(cut)")
    }

    private enum Outcome<Head: Equatable>: Equatable {
        case head(Head, consumed: Int)
        case unfinished
        case failed(HTTPHeadError)
    }

    private static func read<Head: HTTPHead & Equatable>(
        _: Head.Type,
        whole bytes: UnsafeRawBufferPointer
    ) -> Outcome<Head> {
        var parser = HTTPHeadParser<Head>(limitBytes: limit)
        defer { parser.release() }
        do throws(HTTPHeadError) {
            guard let parsed = try parser.parse(bytes) else { return .unfinished }
            return .head(parsed.head, consumed: parsed.consumed)
        } catch {
            return .failed(error)
        }
    }

    private static func read<Head: HTTPHead & Equatable>(
        _: Head.Type,
        cut bytes: UnsafeRawBufferPointer
    ) -> Outcome<Head> {
        var parser = HTTPHeadParser<Head>(limitBytes: limit)
        defer { parser.release() }
        var pieces = Pieces(bytes)
        var consumed = 0
        do throws(HTTPHeadError) {
            while let piece = pieces.next() {
                guard let parsed = try parser.parse(piece) else {
                    consumed += piece.count
                    continue
                }
                return .head(parsed.head, consumed: consumed + parsed.consumed)
            }
            return .unfinished
        } catch {
            return .failed(error)
        }
    }
}
