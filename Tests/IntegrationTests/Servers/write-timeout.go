// Beats once a half second; WriteTimeout, as an absolute deadline, cuts each stream after AGE_MS, unless FIXED is set.
package main

import (
	"fmt"
	"net"
	"net/http"
	"os"
	"strconv"
	"time"
)

func main() {
	age, err := strconv.Atoi(os.Getenv("AGE_MS"))
	if err != nil {
		panic(err)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/", func(writer http.ResponseWriter, request *http.Request) {
		writer.Header().Set("Content-Type", "text/event-stream")
		flusher := writer.(http.Flusher)
		fmt.Fprint(writer, "event: snapshot\ndata: {}\n\n")
		flusher.Flush()
		ticker := time.NewTicker(500 * time.Millisecond)
		defer ticker.Stop()
		for {
			select {
			case <-request.Context().Done():
				return
			case <-ticker.C:
				fmt.Fprint(writer, "event: tick\ndata: {}\n\n")
				flusher.Flush()
			}
		}
	})
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	fmt.Printf("http://%s\n", listener.Addr())
	server := &http.Server{Handler: mux, WriteTimeout: time.Duration(age) * time.Millisecond}
	if os.Getenv("FIXED") != "" {
		server.WriteTimeout = 0
	}
	panic(server.Serve(listener))
}
