package org.sempervox.cluster.store.h2;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Stands between a program and a server on the loopback address; can hold everything back, or cut all connections. */
public final class StallingProxy implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final InetAddress host;
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition change = lock.newCondition();
    private boolean towards = true;
    private boolean back = true;

    public StallingProxy(int target) throws IOException {
        this(InetAddress.getLoopbackAddress(), target);
    }

    public StallingProxy(InetAddress host, int target) throws IOException {
        this.host = host;
        this.target = target;
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    /** Nothing passes any more; connections stay. */
    public void stall() {
        set(false, false);
    }

    /** What is asked reaches the server, its answers do not come back. */
    public void stallAnswers() {
        set(true, false);
    }

    public void resume() {
        set(true, true);
    }

    /** Connections are reset; new ones are served. */
    public void cut() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        sockets.clear();
    }

    @Override
    public void close() throws IOException {
        server.close();
        cut();
        resume();
    }

    private void set(boolean towardsServer, boolean fromServer) {
        lock.lock();
        try {
            towards = towardsServer;
            back = fromServer;
            change.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                Socket onward = new Socket(host, target);
                sockets.add(client);
                sockets.add(onward);
                Thread.ofVirtual().start(() -> pump(client, onward, true));
                Thread.ofVirtual().start(() -> pump(onward, client, false));
            }
        } catch (SocketException e) {
            sockets.clear();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void pump(Socket from, Socket to, boolean towardsServer) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[8192];
            int read = in.read(buffer);
            while (read >= 0) {
                pass(towardsServer);
                out.write(buffer, 0, read);
                read = in.read(buffer);
            }
        } catch (IOException e) {
            sockets.remove(from);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pass(boolean towardsServer) throws InterruptedException {
        lock.lock();
        try {
            while (!(towardsServer ? towards : back)) {
                change.await();
            }
        } finally {
            lock.unlock();
        }
    }
}
