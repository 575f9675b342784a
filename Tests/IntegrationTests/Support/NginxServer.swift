import Glibc
import Vocabulary

/// nginx with nchan, plain and TLS, its files in a temporary folder.
struct NginxServer {
    /// The program.
    let program: RunningProgram
    /// The plain address, without a path.
    let plain: String
    /// The TLS address, without a path.
    let tls: String
    /// The PEM file of the certificate.
    let certificateFile: String

    /// Where Debian, Fedora and Alpine put nginx's modules.
    static let nchanModule: String? = [
        "/usr/lib/nginx/modules/ngx_nchan_module.so",
        "/usr/share/nginx/modules/ngx_nchan_module.so",
        "/usr/lib64/nginx/modules/ngx_nchan_module.so",
    ].first { access($0, R_OK) == 0 }

    /// Starts a server and waits until it answers; to be stopped at the test's end.
    ///
    /// - Throws: ``SupportError`` where it does not start.
    init(in folder: TemporaryFolder) throws {
        guard let nginx = Program.path("nginx"), let module = Self.nchanModule else {
            throw SupportError(Requirement.nchan.description)
        }
        let certificate = try Certificate(in: folder)
        let ports = try FreePort.take(2)
        let configuration = try folder.write(
            Self.configuration(module: module, certificate: certificate, plainPort: ports[0], tlsPort: ports[1]),
            to: "nginx.conf"
        )
        plain = "http://127.0.0.1:\(ports[0])"
        tls = "https://127.0.0.1:\(ports[1])"
        certificateFile = certificate.certificateFile
        let arguments = ["-p", folder.path, "-c", configuration, "-e", folder.file("error.log")]
        let program = try RunningProgram(nginx, arguments, in: folder)
        self.program = program
        do {
            try Polling.wait(for: "nginx to listen: \(program.errorOutput)") {
                Loopback.accepts(ports[0]) && Loopback.accepts(ports[1]) ? () : nil
            }
        } catch {
            program.stop()
            throw error
        }
    }

    private static func configuration(
        module: String,
        certificate: Certificate,
        plainPort: UInt16,
        tlsPort: UInt16
    ) -> String {
        // One process, so that its number is also that of what serves; its log says why it does not start.
        """
        load_module \(module);
        daemon off;
        master_process off;
        pid nginx.pid;
        error_log error.log warn;
        events { worker_connections 4096; }
        http {
            access_log off;
            client_body_temp_path body;
            proxy_temp_path proxy;
            fastcgi_temp_path fastcgi;
            uwsgi_temp_path uwsgi;
            scgi_temp_path scgi;
            nchan_shared_memory_size 32M;
            server {
                listen 127.0.0.1:\(plainPort);
                listen 127.0.0.1:\(tlsPort) ssl;
                ssl_certificate \(certificate.certificateFile);
                ssl_certificate_key \(certificate.keyFile);
                ssl_protocols TLSv1.2 TLSv1.3;
                location ~ ^/sub/(\\w+)$ {
                    nchan_subscriber eventsource;
                    nchan_channel_id $1;
                    nchan_eventsource_ping_interval 1;
                }
                location ~ ^/pub/(\\w+)$ {
                    nchan_publisher;
                    nchan_channel_id $1;
                    nchan_message_timeout 1h;
                }
                location ~ ^/keep/(\\w+)$ {
                    nchan_publisher;
                    nchan_channel_id $1;
                    nchan_message_timeout 1h;
                    nchan_message_buffer_length 1000;
                }
            }
        }
        """
    }
}
