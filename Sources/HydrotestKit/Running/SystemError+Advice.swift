import EventLoop
import Glibc

extension SystemError {
    /// The error, and what to do next where that is known.
    var advice: String {
        switch number {
        case EMFILE, ENFILE: "\(self); `hydrotest doctor` tells how to allow more descriptors"
        case EAGAIN: "\(self); no thread is left: end other programs, or raise `ulimit -u`"
        case ENOMEM, ENOBUFS: "\(self); no memory is left: end other programs, or lower `connections`"
        default: "\(self)"
        }
    }
}
