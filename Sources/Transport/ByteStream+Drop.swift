import EventLoop
import Vocabulary

extension ByteStream {
    /// Ends the stream in a manner.
    ///
    /// - Returns: whether the socket is closed; `half-close` and `stall` leave it open.
    /// - Throws: `EPERM` where `vanish` lacks its capability; the socket is then still open.
    public func drop(_ manner: Manner) throws(SystemError) -> Bool {
        switch manner {
        case .fin:
            // With bytes unread the kernel would send a RST instead.
            Socket.discardReceived(descriptor)
        case .rst:
            Socket.resetOnClose(descriptor)
        case .halfClose:
            Socket.shutdownWrite(descriptor)
            return false
        case .closeNotify:
            sendCloseNotify()
            Socket.discardReceived(descriptor)
        case .alert:
            sendFatalAlert()
            Socket.discardReceived(descriptor)
        case .stall:
            return false
        case .vanish:
            try Socket.vanishOnClose(descriptor)
        }
        close()
        return true
    }
}
