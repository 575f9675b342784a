import EventStream

/// The chunked coding: cut anywhere, it carries the same.
enum ChunkedTarget {
    private struct Outcome: Equatable {
        var body: [UInt8] = []
        var error: BodyError?
        var isComplete = false
    }

    static func run(_ bytes: UnsafeRawBufferPointer) {
        var whole = Outcome()
        var decoder = ChunkedDecoder(lineLimit: 64, trailerLimit: 128)
        read(bytes, with: &decoder, into: &whole)
        var cut = Outcome()
        var other = ChunkedDecoder(lineLimit: 64, trailerLimit: 128)
        var pieces = Pieces(bytes)
        while cut.error == nil, !cut.isComplete, let piece = pieces.next() { read(piece, with: &other, into: &cut) }
        precondition(whole == cut, "a chunked body reads otherwise when it is cut: \(whole) and \(cut)")
    }

    private static func read(
        _ bytes: UnsafeRawBufferPointer,
        with decoder: inout ChunkedDecoder,
        into outcome: inout Outcome
    ) {
        var input = bytes
        do throws(BodyError) {
            while let slice = try decoder.next(&input) { outcome.body += slice }
        } catch {
            outcome.error = error
        }
        outcome.isComplete = decoder.isComplete
    }
}
