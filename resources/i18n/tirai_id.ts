<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="id" sourcelanguage="en">
<context>
    <name></name>
    <message>
        <source>Something went wrong on our side (no. {id}). No customer data is in the report.</source>
        <translation>Ada kesalahan di pihak kami (no. {id}). Laporan tidak memuat data pelanggan.</translation>
    </message>
    <message>
        <source>Too many tries here. Wait {m} min, or have a supervisor confirm it is you.</source>
        <translation>Terlalu banyak percobaan di sini. Tunggu {m} mnt, atau minta supervisor memastikan ini Anda.</translation>
    </message>
    <message>
        <source>Too many wrong codes came with this password. A supervisor releases your account, or use a recovery code.</source>
        <translation>Terlalu banyak kode salah dengan kata sandi ini. Supervisor dapat melepaskan akun Anda, atau pakai kode pemulihan.</translation>
    </message>
    <message>
        <source>An administrator has revoked this workstation. Nobody signs in from it until it is allowed again.</source>
        <translation>Administrator telah mencabut komputer ini. Tidak ada yang bisa masuk dari sini sampai diizinkan lagi.</translation>
    </message>
    <message>
        <source>The office knows this workstation by another key. Nothing was opened. Call IT (O4).</source>
        <translation>Kantor mengenal komputer ini dengan kunci lain. Tidak ada yang dibuka. Hubungi IT (O4).</translation>
    </message>
    <message>
        <source>This is not the back office that this workstation knows. Nothing was opened. Call IT (O1).</source>
        <translation>Ini bukan back office yang dikenal komputer ini. Tidak ada yang dibuka. Hubungi IT (O1).</translation>
    </message>
    <message>
        <source>Account, password or code is not right. {n} tries left here.</source>
        <translation>Akun, kata sandi, atau kode tidak tepat. Sisa {n} kali di sini.</translation>
    </message>
    <message>
        <source>Account, password or code is not right. {n} try left here.</source>
        <translation>Akun, kata sandi, atau kode tidak tepat. Sisa {n} kali di sini.</translation>
    </message>
    <message>
        <source>Account, password or code is not right.</source>
        <translation>Akun, kata sandi, atau kode tidak tepat.</translation>
    </message>
    <message>
        <source>The clock here is about {n} min off. Codes will not fit until IT sets it.</source>
        <translation>Jam di sini meleset sekitar {n} mnt. Kode tidak akan cocok sampai IT membetulkannya.</translation>
    </message>
    <message>
        <source>This code was used already. Wait for the next one, {s} s.</source>
        <translation>Kode ini sudah dipakai. Tunggu kode berikutnya, {s} dtk.</translation>
    </message>
    <message>
        <source>This code was used already. Wait for the next one.</source>
        <translation>Kode ini sudah dipakai. Tunggu kode berikutnya.</translation>
    </message>
    <message>
        <source>No keyring is open here, so no session can start. Unlock it, or give IT the code K1.</source>
        <translation>Keyring di sini tidak terbuka, jadi sesi tidak bisa dimulai. Buka dulu, atau sampaikan kode K1 ke IT.</translation>
    </message>
    <message>
        <source>This keyring does not protect keys. Tirai refuses it (K2).</source>
        <translation>Keyring ini tidak melindungi kunci. Tirai menolaknya (K2).</translation>
    </message>
    <message>
        <source>All reveals of this shift are used. Ask a supervisor for this field.</source>
        <translation>Jatah buka di giliran ini habis. Minta kolom ini kepada supervisor.</translation>
    </message>
    <message>
        <source>That was fast. Wait a little, or ask a supervisor for this field.</source>
        <translation>Terlalu cepat. Tunggu sebentar, atau minta kolom ini kepada supervisor.</translation>
    </message>
    <message>
        <source>It is outside the hours of work. Ask a supervisor for this field.</source>
        <translation>Sekarang di luar jam kerja. Minta kolom ini kepada supervisor.</translation>
    </message>
    <message>
        <source>Outside the hours of work this needs a fresh code.</source>
        <translation>Di luar jam kerja ini perlu kode baru.</translation>
    </message>
    <message>
        <source>All notes that you may open in this shift were opened. A supervisor reads them for you.</source>
        <translation>Semua catatan yang boleh Anda buka di giliran ini sudah dibuka. Supervisor membacakannya untuk Anda.</translation>
    </message>
    <message>
        <source>That was fast. Wait a little before you open the next notes.</source>
        <translation>Terlalu cepat. Tunggu sebentar sebelum membuka catatan berikutnya.</translation>
    </message>
    <message>
        <source>It is outside the hours of work, and notes stay shut. You may go on writing.</source>
        <translation>Sekarang di luar jam kerja, dan catatan tetap tertutup. Anda boleh terus menulis.</translation>
    </message>
    <message>
        <source>Your role may not open this field.</source>
        <translation>Peran Anda tidak boleh membuka kolom ini.</translation>
    </message>
    <message>
        <source>All actions of this shift are used. Ask a supervisor.</source>
        <translation>Semua tindakan di giliran ini terpakai. Tanya supervisor.</translation>
    </message>
    <message>
        <source>It is outside the hours of work, and this is not done then.</source>
        <translation>Sekarang di luar jam kerja, dan ini tidak dilakukan saat itu.</translation>
    </message>
    <message>
        <source>Other actions are running. Try again in a moment.</source>
        <translation>Tindakan lain sedang berjalan. Coba lagi sebentar lagi.</translation>
    </message>
    <message>
        <source>This cannot be done with this field any more.</source>
        <translation>Ini tidak bisa lagi dilakukan dengan kolom ini.</translation>
    </message>
    <message>
        <source>IT’s list of actions has a fault, so there are none now. Call IT (N7).</source>
        <translation>Daftar tindakan dari IT bermasalah, jadi sekarang tidak ada. Hubungi IT (N7).</translation>
    </message>
    <message>
        <source>What was handed over does not fit this field. Open the customer again, then try again.</source>
        <translation>Yang diserahkan tidak cocok dengan kolom ini. Buka lagi pelanggannya, lalu coba lagi.</translation>
    </message>
    <message>
        <source>The gateway’s certificate is not in order, so nothing was sent to it. Call IT (L1).</source>
        <translation>Sertifikat gateway tidak beres, jadi tidak ada yang dikirim ke sana. Hubungi IT (L1).</translation>
    </message>
    <message>
        <source>The gateway’s certificate does not hold today, so nothing was sent to it. Look whether this workstation’s clock is right, or call IT (L1).</source>
        <translation>Sertifikat gateway tidak berlaku hari ini, jadi tidak ada yang dikirim ke sana. Periksa apakah jam komputer ini benar, atau hubungi IT (L1).</translation>
    </message>
    <message>
        <source>The gateway shows another key than the one kept here, so nothing was sent to it. Call IT (L2).</source>
        <translation>Gateway menunjukkan kunci lain dari yang disimpan di sini, jadi tidak ada yang dikirim ke sana. Hubungi IT (L2).</translation>
    </message>
    <message>
        <source>What answers there is no gateway; nothing of it was used. Call IT (L3).</source>
        <translation>Yang menjawab di sana bukan gateway; tidak ada yang dipakai darinya. Hubungi IT (L3).</translation>
    </message>
    <message>
        <source>What is kept here of the gateway cannot be used. Call IT (L4).</source>
        <translation>Yang disimpan di sini tentang gateway tidak dapat dipakai. Hubungi IT (L4).</translation>
    </message>
    <message>
        <source>The back office can start no program now. Sign out everywhere, then try again, or call IT (N1).</source>
        <translation>Back office tidak bisa memulai program sekarang. Keluar di semua tempat, lalu coba lagi, atau hubungi IT (N1).</translation>
    </message>
    <message>
        <source>The program for this did not come up, so nothing was done. Try again, or call IT (N4).</source>
        <translation>Program untuk ini tidak mau mulai, jadi tidak ada yang dilakukan. Coba lagi, atau hubungi IT (N4).</translation>
    </message>
    <message>
        <source>You do not hold the key of this class yet. A supervisor hands it to you.</source>
        <translation>Anda belum memegang kunci kelas ini. Supervisor yang menyerahkannya.</translation>
    </message>
    <message>
        <source>This customer is not in one of your queues.</source>
        <translation>Pelanggan ini tidak ada di antrean Anda.</translation>
    </message>
    <message>
        <source>The audit log cannot be written, so nothing can be opened. Call IT (A1).</source>
        <translation>Log audit tidak dapat ditulis, jadi tidak ada yang bisa dibuka. Hubungi IT (A1).</translation>
    </message>
    <message>
        <source>A lesson opens this. Take it first.</source>
        <translation>Ada pelajaran yang membuka ini. Ikuti dulu.</translation>
    </message>
    <message>
        <source>This workstation lacks a protection that your office requires, so values stay shut here. My account says which, and what to do.</source>
        <translation>Komputer ini belum punya pelindungan yang diwajibkan kantor Anda, jadi nilai tetap tertutup di sini. Akun saya menyebutkan yang mana dan apa yang perlu dilakukan.</translation>
    </message>
    <message>
        <source>You cannot decide your own request.</source>
        <translation>Anda tidak dapat memutuskan permintaan sendiri.</translation>
    </message>
    <message>
        <source>You may not view this class yourself, so you cannot open it for somebody.</source>
        <translation>Anda sendiri tidak boleh melihat kelas ini, jadi tidak dapat membukakannya.</translation>
    </message>
    <message>
        <source>The request has expired</source>
        <translation>Permintaan kedaluwarsa</translation>
    </message>
    <message>
        <source>The back office is away, and the disk here is full: this is not kept yet. Call IT (X4).</source>
        <translation>Back office tidak menjawab dan disk di sini penuh: ini belum tersimpan di mana pun. Hubungi IT (X4).</translation>
    </message>
    <message>
        <source>The back office is away, and nothing more can be kept here for it. Call IT (X4).</source>
        <translation>Back office tidak menjawab, dan tidak ada lagi yang bisa dititipkan di sini. Hubungi IT (X4).</translation>
    </message>
    <message>
        <source>The local copy is being fetched again. Try in a moment.</source>
        <translation>Salinan lokal sedang diambil lagi. Coba sebentar lagi.</translation>
    </message>
    <message>
        <source>Your last code is older than five minutes, and this needs a fresh one.</source>
        <translation>Kode terakhir Anda lebih dari lima menit lalu. Ini perlu kode baru.</translation>
    </message>
    <message>
        <source>Choose a reason, and say why in 10 characters or more.</source>
        <translation>Pilih alasan, dan jelaskan dengan 10 karakter atau lebih.</translation>
    </message>
    <message>
        <source>No supervisor has opened this field for you.</source>
        <translation>Belum ada supervisor yang membukakan kolom ini untuk Anda.</translation>
    </message>
    <message>
        <source>Nothing of this class may be copied.</source>
        <translation>Tidak ada data kelas ini yang boleh disalin.</translation>
    </message>
    <message>
        <source>The unlock is over. Ask again.</source>
        <translation>Izin buka sudah berakhir. Minta lagi.</translation>
    </message>
    <message>
        <source>The field was changed after the approval. Ask again.</source>
        <translation>Kolom ini berubah setelah disetujui. Minta lagi.</translation>
    </message>
    <message>
        <source>The field was changed meanwhile. Look again.</source>
        <translation>Kolom ini baru saja berubah. Lihat lagi.</translation>
    </message>
    <message>
        <source>This request was decided already.</source>
        <translation>Permintaan ini sudah diputuskan.</translation>
    </message>
    <message>
        <source>A signature does not fit this session, so nothing was done. Sign in again.</source>
        <translation>Tanda tangan digital tidak cocok dengan sesi ini, jadi tidak ada yang dilakukan. Masuk lagi.</translation>
    </message>
    <message>
        <source>The grant is longer than policy allows.</source>
        <translation>Izin ini lebih lama daripada yang dibolehkan kebijakan.</translation>
    </message>
    <message>
        <source>The data inventory does not know this field any more.</source>
        <translation>Inventaris data tidak mengenal kolom ini lagi.</translation>
    </message>
    <message>
        <source>This note is somebody else’s.</source>
        <translation>Catatan ini milik orang lain.</translation>
    </message>
    <message>
        <source>This code does not fit. Type the one that is shown now.</source>
        <translation>Kode ini tidak cocok. Ketik kode yang tampil sekarang.</translation>
    </message>
    <message>
        <source>The back office does not answer. Try again in a moment.</source>
        <translation>Back office tidak menjawab. Coba lagi sebentar lagi.</translation>
    </message>
    <message>
        <source>Too much was asked at once. Wait {n} s, then go on.</source>
        <translation>Terlalu banyak permintaan sekaligus. Tunggu {n} dtk, lalu lanjutkan.</translation>
    </message>
    <message>
        <source>This workstation is not known to the office. Nothing was opened. Ask IT (O5).</source>
        <translation>Komputer ini tidak dikenal oleh kantor. Tidak ada yang dibuka. Tanyakan kepada IT (O5).</translation>
    </message>
    <message>
        <source>Tirai’s own files here are not as they were installed. Nobody signs in. Call IT (F1).</source>
        <translation>Berkas Tirai di sini tidak seperti saat dipasang. Tidak ada yang dapat masuk. Hubungi IT (F1).</translation>
    </message>
    <message>
        <source>Tirai’s own files here cannot be checked. Nobody signs in. Call IT (F2).</source>
        <translation>Berkas Tirai di sini tidak dapat diperiksa. Tidak ada yang dapat masuk. Hubungi IT (F2).</translation>
    </message>
    <message>
        <source>Tirai was updated while it ran. Close it and start it again (F3).</source>
        <translation>Tirai diperbarui saat sedang berjalan. Tutup, lalu buka lagi (F3).</translation>
    </message>
    <message>
        <source>Your office needs a newer Tirai than the one on this workstation. Call IT (V1).</source>
        <translation>Kantor Anda memerlukan Tirai yang lebih baru daripada yang ada di komputer ini. Hubungi IT (V1).</translation>
    </message>
    <message>
        <source>Your office’s Tirai is too old for the one here. IT updates the office first (V1).</source>
        <translation>Tirai di kantor Anda terlalu lama untuk yang di sini. IT memperbarui kantor dahulu (V1).</translation>
    </message>
    <message>
        <source>Your organisation limits sessions here, and your office’s Tirai is too old to keep that. IT updates the office first (V1).</source>
        <translation>Organisasi Anda membatasi sesi di sini, dan Tirai di kantor Anda terlalu lama untuk mematuhinya. IT memperbarui kantor dahulu (V1).</translation>
    </message>
    <message>
        <source>Your office’s Tirai is older than this one and does not know this yet. IT updates it.</source>
        <translation>Tirai di kantor Anda lebih lama daripada yang di sini dan belum mengenal ini. IT akan memperbaruinya.</translation>
    </message>
    <message>
        <source>Read and accept the rules of conduct first. They stand under Training.</source>
        <translation>Baca dan terima tata tertib dahulu. Letaknya di Pelatihan.</translation>
    </message>
    <message>
        <source>Newer rules of conduct have come. Read those.</source>
        <translation>Ada tata tertib yang lebih baru. Baca yang itu.</translation>
    </message>
    <message>
        <source>The tests of this lesson are used for today. Read it once more, and try tomorrow.</source>
        <translation>Ujian pelajaran ini untuk hari ini sudah habis. Baca sekali lagi, lalu coba besok.</translation>
    </message>
    <message>
        <source>This test is over. Begin another one.</source>
        <translation>Ujian ini sudah berakhir. Mulai yang lain.</translation>
    </message>
    <message>
        <source>There is no certificate of this lesson yet.</source>
        <translation>Belum ada sertifikat untuk pelajaran ini.</translation>
    </message>
    <message>
        <source>This request is not as it was shown, so nothing was opened. Tell IT (U1).</source>
        <translation>Permintaan ini tidak sama dengan yang ditampilkan, jadi tidak ada yang dibuka. Beri tahu IT (U1).</translation>
    </message>
    <message>
        <source>The agent’s console is locked. Approve once they are back; the request waits so long.</source>
        <translation>Konsol agen terkunci. Setujui setelah ia kembali; permintaan menunggu sampai saat itu.</translation>
    </message>
    <message>
        <source>The agent’s console was locked meanwhile. Approve once more.</source>
        <translation>Konsol agen sempat terkunci. Setujui sekali lagi.</translation>
    </message>
    <message>
        <source>This field is not open any more.</source>
        <translation>Kolom ini sudah tidak terbuka.</translation>
    </message>
    <message>
        <source>The back office knows this already. Nothing was done; try again.</source>
        <translation>Back office sudah mengenal ini. Tidak ada yang dilakukan; coba lagi.</translation>
    </message>
    <message>
        <source>Five of your requests wait already. Withdraw one, or wait for a decision.</source>
        <translation>Lima permintaan Anda sudah menunggu. Batalkan satu, atau tunggu keputusan.</translation>
    </message>
    <message>
        <source>This was refused a moment ago. Ask again in two minutes.</source>
        <translation>Ini baru saja ditolak. Minta lagi dalam dua menit.</translation>
    </message>
    <message>
        <source>There is nothing in this field.</source>
        <translation>Kolom ini kosong.</translation>
    </message>
    <message>
        <source>Only a privacy officer opens this field.</source>
        <translation>Hanya petugas privasi yang membuka kolom ini.</translation>
    </message>
    <message>
        <source>This unlock was used already. Ask again.</source>
        <translation>Izin buka ini sudah terpakai. Minta lagi.</translation>
    </message>
    <message>
        <source>This field was closed again by a supervisor.</source>
        <translation>Kolom ini ditutup lagi oleh supervisor.</translation>
    </message>
    <message>
        <source>Your role does not see who saw a customer’s data.</source>
        <translation>Peran Anda tidak boleh melihat siapa yang melihat data pelanggan.</translation>
    </message>
    <message>
        <source>Your role does not do this at the privacy desk.</source>
        <translation>Peran Anda tidak melakukan ini di meja privasi.</translation>
    </message>
    <message>
        <source>This customer is under age. A parent or guardian agrees for them; say how you know who it is.</source>
        <translation>Pelanggan ini di bawah umur. Orang tua atau wali yang menyetujui; sebutkan bagaimana Anda memastikannya.</translation>
    </message>
    <message>
        <source>This customer is of age: no guardian speaks for them any more. Ask them themselves.</source>
        <translation>Pelanggan ini sudah dewasa: tidak ada wali yang berbicara untuknya lagi. Tanyakan kepadanya sendiri.</translation>
    </message>
    <message>
        <source>The customer has withdrawn this at the same moment, and that counts. Ask them again.</source>
        <translation>Pelanggan menariknya pada saat yang sama, dan itu yang berlaku. Tanyakan lagi.</translation>
    </message>
    <message>
        <source>The notice in force does not ask about this in that language.</source>
        <translation>Pemberitahuan yang berlaku tidak menanyakan ini dalam bahasa itu.</translation>
    </message>
    <message>
        <source>Nothing rests on the customer’s consent to this.</source>
        <translation>Tidak ada yang bergantung pada persetujuan pelanggan untuk ini.</translation>
    </message>
    <message>
        <source>Note the reference of the recording.</source>
        <translation>Catat referensi rekamannya.</translation>
    </message>
    <message>
        <source>Choose how you made sure of it.</source>
        <translation>Pilih bagaimana Anda memastikannya.</translation>
    </message>
    <message>
        <source>There is no such receipt any more.</source>
        <translation>Tanda terima itu tidak ada lagi.</translation>
    </message>
    <message>
        <source>This does not hold any more. Look again.</source>
        <translation>Ini tidak berlaku lagi. Lihat lagi.</translation>
    </message>
    <message>
        <source>Somebody else publishes what you wrote.</source>
        <translation>Orang lain yang menerbitkan tulisan Anda.</translation>
    </message>
    <message>
        <source>One of the two who write and publish a notice is a privacy officer.</source>
        <translation>Salah satu dari penulis dan penerbit pemberitahuan adalah petugas privasi.</translation>
    </message>
    <message>
        <source>It is published already; write another one.</source>
        <translation>Sudah diterbitkan; tulis yang baru.</translation>
    </message>
    <message>
        <source>The notice lacks something, so it is not published.</source>
        <translation>Pemberitahuan belum lengkap, jadi tidak diterbitkan.</translation>
    </message>
    <message>
        <source>There is no such draft any more.</source>
        <translation>Rancangan itu tidak ada lagi.</translation>
    </message>
    <message>
        <source>This cannot be a notice: a text is too long, or has signs that cannot be kept.</source>
        <translation>Ini bukan pemberitahuan: ada teks yang terlalu panjang atau tanda yang tidak dapat disimpan.</translation>
    </message>
    <message>
        <source>Your role does not change this field.</source>
        <translation>Peran Anda tidak mengubah kolom ini.</translation>
    </message>
    <message>
        <source>What was typed did not come whole. Type it again.</source>
        <translation>Yang diketik tidak tiba utuh. Ketik lagi.</translation>
    </message>
    <message>
        <source>Another privacy notice holds now. Open the card anew, and read it out.</source>
        <translation>Sekarang berlaku pemberitahuan privasi lain. Buka ulang kartu, lalu bacakan.</translation>
    </message>
    <message>
        <source>Somebody with this number is known already.</source>
        <translation>Sudah ada pelanggan dengan nomor ini.</translation>
    </message>
    <message>
        <source>No customer in your queues has this number. Check it, digit by digit.</source>
        <translation>Tidak ada pelanggan di antrean Anda dengan nomor ini. Periksa angkanya satu per satu.</translation>
    </message>
    <message>
        <source>The last day is before the first.</source>
        <translation>Tanggal akhir mendahului tanggal awal.</translation>
    </message>
    <message>
        <source>That is too much for one document. Choose fewer days.</source>
        <translation>Terlalu banyak untuk satu dokumen. Pilih lebih sedikit hari.</translation>
    </message>
    <message>
        <source>The audit log does not hold, so no list is made. Have it verified, and call IT (V2).</source>
        <translation>Log audit tidak utuh, jadi daftar tidak dibuat. Minta verifikasi, dan hubungi IT (V2).</translation>
    </message>
    <message>
        <source>The disk is full; nothing was saved. Make room, or choose another folder.</source>
        <translation>Disk penuh; tidak ada yang disimpan. Kosongkan ruang, atau pilih folder lain.</translation>
    </message>
    <message>
        <source>Nothing may be written in this folder; nothing was saved. Choose another one.</source>
        <translation>Folder ini tidak boleh ditulisi; tidak ada yang disimpan. Pilih folder lain.</translation>
    </message>
    <message>
        <source>This folder is not there any more; nothing was saved. Choose another one.</source>
        <translation>Folder ini sudah tidak ada; tidak ada yang disimpan. Pilih folder lain.</translation>
    </message>
    <message>
        <source>The file could not be written; nothing was saved. Choose another folder.</source>
        <translation>Berkas tidak dapat ditulis; tidak ada yang disimpan. Pilih folder lain.</translation>
    </message>
    <message>
        <source>This field is not kept for what this reason is for. Choose another reason.</source>
        <translation>Data ini tidak disimpan untuk tujuan alasan tersebut. Pilih alasan lain.</translation>
    </message>
    <message>
        <source>There is no consent of this customer to what this field is for.</source>
        <translation>Belum ada persetujuan pelanggan ini untuk tujuan kolom ini.</translation>
    </message>
    <message>
        <source>This customer has withdrawn their consent to what this field is for.</source>
        <translation>Pelanggan ini telah menarik persetujuan untuk tujuan kolom ini.</translation>
    </message>
    <message>
        <source>Work for what this field is for is restricted for this customer.</source>
        <translation>Pemrosesan untuk tujuan kolom ini dibatasi bagi pelanggan ini.</translation>
    </message>
    <message>
        <source>This customer has objected to what this field is for.</source>
        <translation>Pelanggan ini keberatan atas tujuan kolom ini.</translation>
    </message>
    <message>
        <source>{why} Say: “{indonesian}” · “{english}”</source>
        <translation>{why} Katakan: “{indonesian}” · “{english}”</translation>
    </message>
    <message>
        <source>Your organisation’s settings for this workstation cannot be used, so nobody signs in. Call IT ({code}).</source>
        <translation>Pengaturan organisasi Anda untuk komputer ini tidak dapat dipakai, jadi tidak ada yang bisa masuk. Hubungi IT ({code}).</translation>
    </message>
    <message>
        <source>This workstation lacks a protection that your IT requires, so values stay shut here. My account says which, and what to do.</source>
        <translation>Komputer ini tidak memiliki pelindungan yang diwajibkan IT Anda, jadi nilai tetap tertutup di sini. Akun saya menunjukkan yang mana dan apa yang perlu dilakukan.</translation>
    </message>
    <message>
        <source>Tirai is too old here for your organisation, so nobody signs in. Call IT (M4).</source>
        <translation>Tirai di sini terlalu lama bagi organisasi Anda, jadi tidak ada yang bisa masuk. Hubungi IT (M4).</translation>
    </message>
    <message>
        <source>Your organisation’s settings let nobody sign in this way on this workstation. Call IT (M5).</source>
        <translation>Pengaturan organisasi Anda tidak mengizinkan cara masuk ini di komputer ini. Hubungi IT (M5).</translation>
    </message>
    <message>
        <source>Your organisation lets nobody sign in where screenshots cannot be kept out, as here. Call IT (M5).</source>
        <translation>Organisasi Anda tidak mengizinkan masuk bila tangkapan layar tidak dapat dicegah, seperti di sini. Hubungi IT (M5).</translation>
    </message>
    <message>
        <source>The office of this workstation does not run. Ask IT to set it up, or to start it (O6).</source>
        <translation>Kantor komputer ini tidak berjalan. Minta IT menyiapkan atau menjalankannya (O6).</translation>
    </message>
    <message>
        <source>Your organisation lets nobody approve at an agent’s desk. Decide from your own workstation.</source>
        <translation>Organisasi Anda tidak mengizinkan persetujuan di meja agen. Putuskan dari komputer Anda sendiri.</translation>
    </message>
    <message>
        <source>Enough pages were sent today. Try again tomorrow, or show the page at a desk.</source>
        <translation>Sudah cukup halaman yang dikirim hari ini. Coba lagi besok, atau tunjukkan halaman itu di meja layanan.</translation>
    </message>
    <message>
        <source>No privacy notice is in force, and the page shows it. Publish one first.</source>
        <translation>Belum ada pemberitahuan privasi yang berlaku, padahal halaman menampilkannya. Terbitkan dahulu.</translation>
    </message>
    <message>
        <source>This office sends no pages. Show it at a desk: tirai privacy page show NUMBER --loopback</source>
        <translation>Kantor ini tidak mengirim halaman. Tampilkan di meja: tirai privacy page show NOMOR --loopback</translation>
    </message>
    <message>
        <source>Other pages are being sent. Try again in a moment.</source>
        <translation>Halaman lain sedang dikirim. Coba lagi sebentar lagi.</translation>
    </message>
    <message>
        <source>The page was not sent, and its link opens nothing. Try again, or call IT.</source>
        <translation>Halaman tidak terkirim, dan tautannya tidak membuka apa pun. Coba lagi, atau hubungi IT.</translation>
    </message>
    <message>
        <source>The back office had a fault and wrote it down. Try again, or call IT.</source>
        <translation>Ada kesalahan di back office dan sudah dicatat. Coba lagi, atau hubungi IT.</translation>
    </message>
    <message>
        <source>Your session has ended. Sign in again; your note is safe.</source>
        <translation>Sesi Anda berakhir. Masuk lagi; catatan Anda aman.</translation>
    </message>
    <message>
        <source>The back office shows less than this workstation remembers. Call IT (R1).</source>
        <translation>Back office menunjukkan lebih sedikit daripada yang diingat komputer ini. Hubungi IT (R1).</translation>
    </message>
    <message>
        <source>The back office does not allow this.</source>
        <translation>Back office tidak mengizinkan ini.</translation>
    </message>
    <message>
        <source>The back office could not accept what was entered.</source>
        <translation>Back office tidak dapat menerima isian ini.</translation>
    </message>
    <message>
        <source>This workstation lacks something Tirai needs. Call IT.</source>
        <translation>Komputer ini belum punya sesuatu yang diperlukan Tirai. Hubungi IT.</translation>
    </message>
    <message>
        <source>A proof did not hold, so nothing was shown. Call IT (V1).</source>
        <translation>Satu pembuktian gagal, jadi tidak ada yang ditampilkan. Hubungi IT (V1).</translation>
    </message>
    <message>
        <source>This session is wiped from this workstation</source>
        <translation>Sesi ini sudah dihapus dari komputer ini</translation>
    </message>
    <message>
        <source>This session is wiped, but for what is marked</source>
        <translation>Sesi ini sudah dihapus, kecuali yang ditandai</translation>
    </message>
    <message>
        <source>You signed out at {t}.</source>
        <translation>Anda keluar pukul {t}.</translation>
    </message>
    <message>
        <source>You closed the window at {t}.</source>
        <translation>Anda menutup jendela pukul {t}.</translation>
    </message>
    <message>
        <source>The console stopped without warning at {t}, so the session was ended for you.</source>
        <translation>Konsol berhenti mendadak pukul {t}, jadi sesi diakhiri untuk Anda.</translation>
    </message>
    <message>
        <source>The guardian stopped at {t}, so the console ended the session itself.</source>
        <translation>Penjaga berhenti pukul {t}, jadi konsol mengakhiri sesi sendiri.</translation>
    </message>
    <message>
        <source>The session had run out at {t}.</source>
        <translation>Masa sesi habis pukul {t}.</translation>
    </message>
    <message>
        <source>You signed in again in another window here, so this session was ended at {t}.</source>
        <translation>Anda masuk lagi di jendela lain di sini, jadi sesi ini diakhiri pukul {t}.</translation>
    </message>
    <message>
        <source>You signed in at another workstation, so the session was ended at {t}.</source>
        <translation>Anda masuk di komputer lain, jadi sesi diakhiri pukul {t}.</translation>
    </message>
    <message>
        <source>You ended this session from another one, at {t}.</source>
        <translation>Anda mengakhiri sesi ini dari sesi lain, pukul {t}.</translation>
    </message>
    <message>
        <source>An administrator ended this session at {t}.</source>
        <translation>Seorang administrator mengakhiri sesi ini pukul {t}.</translation>
    </message>
    <message>
        <source>Another workstation used this session, so it was ended at {t}. Tell IT.</source>
        <translation>Komputer lain memakai sesi ini, jadi sesi diakhiri pukul {t}. Beri tahu IT.</translation>
    </message>
    <message>
        <source>An administrator had this workstation wiped at {t}.</source>
        <translation>Administrator menyuruh hapus komputer ini pukul {t}.</translation>
    </message>
    <message>
        <source>The back office could not be reached for too long, so the session was ended at {t}.</source>
        <translation>Back office terlalu lama tidak terjangkau, jadi sesi diakhiri pukul {t}.</translation>
    </message>
    <message>
        <source>The back office stopped at {t}, so the session was ended.</source>
        <translation>Back office berhenti pukul {t}, jadi sesi diakhiri.</translation>
    </message>
    <message>
        <source>Nobody used this console for a while, so the session was ended at {t}.</source>
        <translation>Konsol ini lama tidak dipakai, jadi sesi diakhiri pukul {t}.</translation>
    </message>
    <message>
        <source>The session cache was damaged again and again, so the session was ended at {t}.</source>
        <translation>Cache sesi berulang kali rusak, jadi sesi diakhiri pukul {t}.</translation>
    </message>
    <message>
        <source>The lock screen was given too many wrong passwords, so the session was ended at {t}.</source>
        <translation>Layar kunci menerima terlalu banyak kata sandi yang salah, jadi sesi diakhiri pukul {t}.</translation>
    </message>
    <message>
        <source>This computer was shut down, so the session was ended at {t}.</source>
        <translation>Komputer ini dimatikan, jadi sesi diakhiri pukul {t}.</translation>
    </message>
    <message>
        <source>You left this computer&apos;s desktop, so the session was ended at {t}.</source>
        <translation>Anda keluar dari desktop komputer ini, jadi sesi diakhiri pukul {t}.</translation>
    </message>
    <message>
        <source>Tirai was told to stop, so the session was ended at {t}.</source>
        <translation>Tirai diminta berhenti, jadi sesi diakhiri pukul {t}.</translation>
    </message>
    <message>
        <source>It was wiped by hand at {t}.</source>
        <translation>Sesi dihapus secara manual pukul {t}.</translation>
    </message>
    <message>
        <source>A session left over from before was found and wiped at {t}.</source>
        <translation>Sesi yang tertinggal ditemukan dan dihapus pukul {t}.</translation>
    </message>
    <message>
        <source>{name}, you signed out at {t}.</source>
        <translation>{name}, Anda keluar pukul {t}.</translation>
    </message>
    <message>
        <source>{name}, you closed the window at {t}.</source>
        <translation>{name}, Anda menutup jendela pukul {t}.</translation>
    </message>
    <message>
        <source>The session ended at {t}.</source>
        <translation>Sesi berakhir pukul {t}.</translation>
    </message>
    <message>
        <source>Your last words in the note for {number} could not be saved.</source>
        <translation>Kata-kata terakhir Anda di catatan untuk {number} tidak dapat disimpan.</translation>
    </message>
    <message>
        <source>Your note for {number} is saved in the back office.</source>
        <translation>Catatan Anda untuk {number} tersimpan di back office.</translation>
    </message>
    <message>
        <source>What the back office has not got yet is kept here, sealed, and goes there at the next sign-in.</source>
        <translation>Yang belum diterima back office dititipkan di sini, tersegel, dan dikirim saat ada yang masuk berikutnya.</translation>
    </message>
    <message>
        <source>Your note for {number} is kept here, sealed, and goes to the back office at the next sign-in.</source>
        <translation>Catatan Anda untuk {number} dititipkan di sini, tersegel, dan dikirim ke back office saat ada yang masuk berikutnya.</translation>
    </message>
    <message>
        <source>Keyring entry</source>
        <translation>Entri keyring</translation>
    </message>
    <message>
        <source>Session cache</source>
        <translation>Cache sesi</translation>
    </message>
    <message>
        <source>Clipboard</source>
        <translation>Papan klip</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Memori</translation>
    </message>
    <message>
        <source>Customers</source>
        <translation>Pelanggan</translation>
    </message>
    <message>
        <source>The call</source>
        <translation>Panggilan</translation>
    </message>
    <message>
        <source>A row of the card</source>
        <translation>Baris pada kartu</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>Permintaan</translation>
    </message>
    <message>
        <source>Reports</source>
        <translation>Laporan</translation>
    </message>
    <message>
        <source>Workspaces</source>
        <translation>Ruang kerja</translation>
    </message>
    <message>
        <source>Moving about</source>
        <translation>Berpindah</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>Sesi</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Bantuan</translation>
    </message>
    <message>
        <source>not all of it could be deleted; its key is gone, so it cannot be read. The next start tries again; tell IT</source>
        <translation>tidak semuanya dapat dihapus; kuncinya sudah hilang, jadi tidak dapat dibaca. Saat Tirai dibuka lagi, dicoba lagi; beri tahu IT</translation>
    </message>
    <message>
        <source>not all of it could be deleted, and its key may still be there. End your desktop session, then tell IT</source>
        <translation>tidak semuanya dapat dihapus, dan kuncinya mungkin masih ada. Akhiri sesi desktop Anda, lalu beri tahu IT</translation>
    </message>
    <message>
        <source>{n} files, {size}, deleted and checked</source>
        <translation>{n} berkas, {size}, dihapus dan diperiksa</translation>
    </message>
    <message>
        <source>{n} file, {size}, deleted and checked</source>
        <translation>{n} berkas, {size}, dihapus dan diperiksa</translation>
    </message>
    <message>
        <source>{n} files deleted and checked</source>
        <translation>{n} berkas dihapus dan diperiksa</translation>
    </message>
    <message>
        <source>{n} file deleted and checked</source>
        <translation>{n} berkas dihapus dan diperiksa</translation>
    </message>
    <message>
        <source>removed first, then looked for: not there</source>
        <translation>dihapus lebih dulu, lalu dicari: tidak ada</translation>
    </message>
    <message>
        <source>looked for: not there</source>
        <translation>dicari: tidak ada</translation>
    </message>
    <message>
        <source>could not be removed; end your desktop session, that erases it</source>
        <translation>tidak dapat dihapus; keluar dari sesi desktop Anda, itu menghapusnya</translation>
    </message>
    <message>
        <source>looked for: no file</source>
        <translation>dicari: tidak ada berkas</translation>
    </message>
    <message>
        <source>was not ours, left alone</source>
        <translation>bukan milik kami, dibiarkan</translation>
    </message>
    <message>
        <source>cleared</source>
        <translation>dikosongkan</translation>
    </message>
    <message>
        <source>could not be cleared; copy something else</source>
        <translation>tidak dapat dikosongkan; salin hal lain</translation>
    </message>
    <message>
        <source>console process ended, pages returned</source>
        <translation>proses konsol berakhir, memori dikembalikan</translation>
    </message>
    <message>
        <source>the console process did not end; restart this workstation</source>
        <translation>proses konsol tidak berakhir; mulai ulang komputer ini</translation>
    </message>
    <message>
        <source>revoked at the back office</source>
        <translation>dicabut di back office</translation>
    </message>
    <message>
        <source>ended at the back office</source>
        <translation>diakhiri di back office</translation>
    </message>
    <message>
        <source>not revoked: the back office did not answer; it ends by itself</source>
        <translation>tidak dicabut: back office tidak menjawab; sesi berakhir sendiri</translation>
    </message>
    <message>
        <source>removed and checked</source>
        <translation>dihapus dan diperiksa</translation>
    </message>
    <message>
        <source>was not there</source>
        <translation>tidak ada</translation>
    </message>
    <message>
        <source>left alone</source>
        <translation>dibiarkan</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>berakhir</translation>
    </message>
    <message>
        <source>revoked</source>
        <translation>dicabut</translation>
    </message>
    <message>
        <source>failed; tell IT</source>
        <translation>gagal; beri tahu IT</translation>
    </message>
    <message>
        <source>{n} ms</source>
        <translation>{n} ms</translation>
    </message>
    <message>
        <source>{a} to {b}</source>
        <translation>{a} sampai {b}</translation>
    </message>
    <message>
        <source>1 exposure</source>
        <translation>1 paparan</translation>
    </message>
    <message>
        <source>{n} exposures</source>
        <translation>{n} paparan</translation>
    </message>
    <message>
        <source>{what}: {n}</source>
        <translation>{what}: {n}</translation>
    </message>
    <message>
        <source>usual: {n}</source>
        <translation>biasanya: {n}</translation>
    </message>
    <message>
        <source>{name}, {h} o’clock, {count}</source>
        <translation>{name}, pukul {h}, {count}</translation>
    </message>
    <message>
        <source>Notes, read without a reason</source>
        <translation>Catatan, dibaca tanpa alasan</translation>
    </message>
    <message>
        <source>Field revealed</source>
        <translation>Kolom dibuka</translation>
    </message>
    <message>
        <source>Revealed field closed</source>
        <translation>Kolom yang dibuka ditutup</translation>
    </message>
    <message>
        <source>Value copied</source>
        <translation>Nilai disalin</translation>
    </message>
    <message>
        <source>Value used, not shown</source>
        <translation>Nilai dipakai, tidak ditampilkan</translation>
    </message>
    <message>
        <source>Use of a value ended</source>
        <translation>Pemakaian nilai selesai</translation>
    </message>
    <message>
        <source>Notes read</source>
        <translation>Catatan dibaca</translation>
    </message>
    <message>
        <source>Note written</source>
        <translation>Catatan ditulis</translation>
    </message>
    <message>
        <source>Visit kept half filled</source>
        <translation>Kunjungan disimpan, belum lengkap</translation>
    </message>
    <message>
        <source>Visit finished</source>
        <translation>Kunjungan selesai</translation>
    </message>
    <message>
        <source>Finished visit changed</source>
        <translation>Kunjungan selesai diubah</translation>
    </message>
    <message>
        <source>Finished visit taken back</source>
        <translation>Kunjungan selesai ditarik kembali</translation>
    </message>
    <message>
        <source>Number kept in a note</source>
        <translation>Nomor dibiarkan di catatan</translation>
    </message>
    <message>
        <source>Whole value looked up</source>
        <translation>Nilai utuh dicari</translation>
    </message>
    <message>
        <source>Customer found by a whole value</source>
        <translation>Pelanggan ditemukan dengan nilai utuh</translation>
    </message>
    <message>
        <source>Accesses to one customer listed</source>
        <translation>Akses ke satu pelanggan ditampilkan</translation>
    </message>
    <message>
        <source>Accesses to one customer saved as PDF</source>
        <translation>Akses ke satu pelanggan disimpan sebagai PDF</translation>
    </message>
    <message>
        <source>Identity check begun</source>
        <translation>Cek identitas dimulai</translation>
    </message>
    <message>
        <source>Answer compared</source>
        <translation>Jawaban dicocokkan</translation>
    </message>
    <message>
        <source>Identity check ended</source>
        <translation>Cek identitas selesai</translation>
    </message>
    <message>
        <source>Call began</source>
        <translation>Panggilan dimulai</translation>
    </message>
    <message>
        <source>Call ended</source>
        <translation>Panggilan berakhir</translation>
    </message>
    <message>
        <source>Unlock asked for</source>
        <translation>Izin buka diminta</translation>
    </message>
    <message>
        <source>Unlock approved</source>
        <translation>Izin buka disetujui</translation>
    </message>
    <message>
        <source>Unlock denied</source>
        <translation>Izin buka ditolak</translation>
    </message>
    <message>
        <source>Asked back about an unlock</source>
        <translation>Tanya balik soal izin buka</translation>
    </message>
    <message>
        <source>Unlock request withdrawn</source>
        <translation>Permintaan izin buka dibatalkan</translation>
    </message>
    <message>
        <source>Unlock revoked</source>
        <translation>Izin buka dicabut</translation>
    </message>
    <message>
        <source>Unlock request expired</source>
        <translation>Permintaan izin buka kedaluwarsa</translation>
    </message>
    <message>
        <source>Customers imported</source>
        <translation>Pelanggan diimpor</translation>
    </message>
    <message>
        <source>Source of customers set up</source>
        <translation>Sumber data pelanggan disiapkan</translation>
    </message>
    <message>
        <source>Source of customers removed</source>
        <translation>Sumber data pelanggan dihapus</translation>
    </message>
    <message>
        <source>Scheduled reading of a source</source>
        <translation>Pembacaan sumber data terjadwal</translation>
    </message>
    <message>
        <source>Field changed</source>
        <translation>Kolom diubah</translation>
    </message>
    <message>
        <source>Value taken away</source>
        <translation>Nilai dihapus</translation>
    </message>
    <message>
        <source>Customer made</source>
        <translation>Pelanggan dibuat</translation>
    </message>
    <message>
        <source>Outbox delivered</source>
        <translation>Kotak keluar diserahkan</translation>
    </message>
    <message>
        <source>Outbox without an end</source>
        <translation>Kotak keluar tanpa akhir</translation>
    </message>
    <message>
        <source>Sign-in</source>
        <translation>Masuk</translation>
    </message>
    <message>
        <source>Many failed sign-ins</source>
        <translation>Banyak gagal masuk</translation>
    </message>
    <message>
        <source>Fresh code</source>
        <translation>Kode baru</translation>
    </message>
    <message>
        <source>Session locked</source>
        <translation>Sesi dikunci</translation>
    </message>
    <message>
        <source>Session resumed</source>
        <translation>Sesi dilanjutkan</translation>
    </message>
    <message>
        <source>Session ended</source>
        <translation>Sesi berakhir</translation>
    </message>
    <message>
        <source>Own other sessions ended</source>
        <translation>Sesi sendiri yang lain diakhiri</translation>
    </message>
    <message>
        <source>Sessions ended by an administrator</source>
        <translation>Sesi diakhiri administrator</translation>
    </message>
    <message>
        <source>Workstation wiped</source>
        <translation>Komputer dihapus bersih</translation>
    </message>
    <message>
        <source>Wipe not finished</source>
        <translation>Penghapusan belum selesai</translation>
    </message>
    <message>
        <source>Wipe of a workstation ordered</source>
        <translation>Penghapusan komputer diperintahkan</translation>
    </message>
    <message>
        <source>Receipt of a wipe</source>
        <translation>Tanda terima penghapusan</translation>
    </message>
    <message>
        <source>Workstation revoked</source>
        <translation>Komputer dicabut</translation>
    </message>
    <message>
        <source>Analytics export proposed</source>
        <translation>Ekspor analitik diusulkan</translation>
    </message>
    <message>
        <source>Analytics export approved</source>
        <translation>Ekspor analitik disetujui</translation>
    </message>
    <message>
        <source>Analytics export dropped</source>
        <translation>Ekspor analitik dibatalkan</translation>
    </message>
    <message>
        <source>Analytics export begun</source>
        <translation>Ekspor analitik dimulai</translation>
    </message>
    <message>
        <source>Column of an analytics export</source>
        <translation>Kolom ekspor analitik</translation>
    </message>
    <message>
        <source>Analytics export ended</source>
        <translation>Ekspor analitik selesai</translation>
    </message>
    <message>
        <source>Unusual sign-in</source>
        <translation>Masuk yang tidak biasa</translation>
    </message>
    <message>
        <source>Protection of a workstation changed</source>
        <translation>Pelindungan komputer berubah</translation>
    </message>
    <message>
        <source>Workstation allowed again</source>
        <translation>Komputer diizinkan lagi</translation>
    </message>
    <message>
        <source>Code for a workstation made</source>
        <translation>Kode untuk komputer dibuat</translation>
    </message>
    <message>
        <source>Code for a workstation taken back</source>
        <translation>Kode untuk komputer ditarik kembali</translation>
    </message>
    <message>
        <source>Workstation became known</source>
        <translation>Komputer menjadi dikenal</translation>
    </message>
    <message>
        <source>Workstation seen twice</source>
        <translation>Komputer terlihat ganda</translation>
    </message>
    <message>
        <source>Known workstation under another name</source>
        <translation>Komputer yang dikenal dengan nama lain</translation>
    </message>
    <message>
        <source>Local copy replaced</source>
        <translation>Salinan lokal diganti</translation>
    </message>
    <message>
        <source>Screen capture let through</source>
        <translation>Tangkapan layar dibolehkan</translation>
    </message>
    <message>
        <source>Start refused</source>
        <translation>Mulai ditolak</translation>
    </message>
    <message>
        <source>Throttle released</source>
        <translation>Pembatasan dilepas</translation>
    </message>
    <message>
        <source>Account made</source>
        <translation>Akun dibuat</translation>
    </message>
    <message>
        <source>Account activated</source>
        <translation>Akun diaktifkan</translation>
    </message>
    <message>
        <source>Account changed</source>
        <translation>Akun diubah</translation>
    </message>
    <message>
        <source>Account closed</source>
        <translation>Akun ditutup</translation>
    </message>
    <message>
        <source>New activation code</source>
        <translation>Kode aktivasi baru</translation>
    </message>
    <message>
        <source>Account reset</source>
        <translation>Akun disetel ulang</translation>
    </message>
    <message>
        <source>Second person asked for</source>
        <translation>Orang kedua diminta</translation>
    </message>
    <message>
        <source>Confirmed by a second person</source>
        <translation>Dikonfirmasi orang kedua</translation>
    </message>
    <message>
        <source>Refused by a second person</source>
        <translation>Ditolak orang kedua</translation>
    </message>
    <message>
        <source>Proposal withdrawn</source>
        <translation>Usulan dibatalkan</translation>
    </message>
    <message>
        <source>Proposal dropped</source>
        <translation>Usulan gugur</translation>
    </message>
    <message>
        <source>Password changed</source>
        <translation>Kata sandi diubah</translation>
    </message>
    <message>
        <source>Password derivation strengthened</source>
        <translation>Turunan kata sandi diperkuat</translation>
    </message>
    <message>
        <source>Authenticator replaced</source>
        <translation>Autentikator diganti</translation>
    </message>
    <message>
        <source>New recovery codes</source>
        <translation>Kode pemulihan baru</translation>
    </message>
    <message>
        <source>Class key handed over</source>
        <translation>Kunci kelas diserahkan</translation>
    </message>
    <message>
        <source>New class key</source>
        <translation>Kunci kelas baru</translation>
    </message>
    <message>
        <source>Class key checked</source>
        <translation>Kunci kelas diperiksa</translation>
    </message>
    <message>
        <source>Data keys sealed anew</source>
        <translation>Kunci data disegel ulang</translation>
    </message>
    <message>
        <source>Class key rotated</source>
        <translation>Kunci kelas diganti</translation>
    </message>
    <message>
        <source>Policy change proposed</source>
        <translation>Perubahan kebijakan diusulkan</translation>
    </message>
    <message>
        <source>Erasure proposed</source>
        <translation>Penghapusan diusulkan</translation>
    </message>
    <message>
        <source>Erasure approved</source>
        <translation>Penghapusan disetujui</translation>
    </message>
    <message>
        <source>Erasure refused</source>
        <translation>Penghapusan ditolak</translation>
    </message>
    <message>
        <source>Erasure taken back</source>
        <translation>Penghapusan ditarik kembali</translation>
    </message>
    <message>
        <source>Erasure not approved in time</source>
        <translation>Penghapusan tidak disetujui tepat waktu</translation>
    </message>
    <message>
        <source>Customer erased</source>
        <translation>Pelanggan dihapus</translation>
    </message>
    <message>
        <source>Customer not erased: held</source>
        <translation>Pelanggan tidak dihapus: ditahan</translation>
    </message>
    <message>
        <source>Customer not erased: not due</source>
        <translation>Pelanggan tidak dihapus: belum jatuh tempo</translation>
    </message>
    <message>
        <source>Erasure is over</source>
        <translation>Penghapusan selesai</translation>
    </message>
    <message>
        <source>Erased again after a restore</source>
        <translation>Dihapus lagi setelah pemulihan</translation>
    </message>
    <message>
        <source>Erasure stopped: nobody signed it</source>
        <translation>Penghapusan dihentikan: tidak ada yang menandatanganinya</translation>
    </message>
    <message>
        <source>Letters to the people of an erasure made</source>
        <translation>Surat untuk orang-orang suatu penghapusan dibuat</translation>
    </message>
    <message>
        <source>Letter about an erasure made to this customer</source>
        <translation>Surat tentang penghapusan untuk pelanggan ini dibuat</translation>
    </message>
    <message>
        <source>Certificate of an erasure taken</source>
        <translation>Berita acara penghapusan diambil</translation>
    </message>
    <message>
        <source>Proposed that somebody erased comes back</source>
        <translation>Orang yang telah dihapus diusulkan masuk lagi</translation>
    </message>
    <message>
        <source>Somebody erased may come back</source>
        <translation>Orang yang telah dihapus boleh masuk lagi</translation>
    </message>
    <message>
        <source>Somebody erased stays out: refused</source>
        <translation>Orang yang telah dihapus tetap di luar: ditolak</translation>
    </message>
    <message>
        <source>Somebody erased stays out: taken back</source>
        <translation>Orang yang telah dihapus tetap di luar: usulan ditarik</translation>
    </message>
    <message>
        <source>Somebody erased stays out: not approved in time</source>
        <translation>Orang yang telah dihapus tetap di luar: tidak disetujui tepat waktu</translation>
    </message>
    <message>
        <source>Legal hold set</source>
        <translation>Penahanan hukum dipasang</translation>
    </message>
    <message>
        <source>Legal hold lifted</source>
        <translation>Penahanan hukum dicabut</translation>
    </message>
    <message>
        <source>Date confirmed for retention</source>
        <translation>Tanggal dipastikan untuk retensi</translation>
    </message>
    <message>
        <source>Policy changed</source>
        <translation>Kebijakan diubah</translation>
    </message>
    <message>
        <source>Policy change refused</source>
        <translation>Perubahan kebijakan ditolak</translation>
    </message>
    <message>
        <source>Policy change withdrawn</source>
        <translation>Perubahan kebijakan dibatalkan</translation>
    </message>
    <message>
        <source>Exposures read</source>
        <translation>Paparan dibaca</translation>
    </message>
    <message>
        <source>Threshold of exposures changed</source>
        <translation>Ambang paparan diubah</translation>
    </message>
    <message>
        <source>Flag acknowledged</source>
        <translation>Tanda ditanggapi</translation>
    </message>
    <message>
        <source>Comment to a flag erased</source>
        <translation>Komentar pada tanda dihapus</translation>
    </message>
    <message>
        <source>Audit log read</source>
        <translation>Log audit dibaca</translation>
    </message>
    <message>
        <source>Audit log verified</source>
        <translation>Log audit diverifikasi</translation>
    </message>
    <message>
        <source>Audit log export begun</source>
        <translation>Ekspor log audit dimulai</translation>
    </message>
    <message>
        <source>Audit log export ended</source>
        <translation>Ekspor log audit selesai</translation>
    </message>
    <message>
        <source>Office set up</source>
        <translation>Kantor dibuat</translation>
    </message>
    <message>
        <source>Office restored</source>
        <translation>Kantor dipulihkan</translation>
    </message>
    <message>
        <source>Backup begun</source>
        <translation>Cadangan dimulai</translation>
    </message>
    <message>
        <source>Backup made</source>
        <translation>Cadangan dibuat</translation>
    </message>
    <message>
        <source>Backup key destroyed</source>
        <translation>Kunci cadangan dimusnahkan</translation>
    </message>
    <message>
        <source>Rotation of the master key begun</source>
        <translation>Rotasi kunci induk dimulai</translation>
    </message>
    <message>
        <source>Master key rotated</source>
        <translation>Kunci induk dirotasi</translation>
    </message>
    <message>
        <source>Office opened by the recovery kit</source>
        <translation>Kantor dibuka dengan kit pemulihan</translation>
    </message>
    <message>
        <source>Other log or book accepted</source>
        <translation>Log atau buku lain diterima</translation>
    </message>
    <message>
        <source>Page shown to a customer at a desk</source>
        <translation>Halaman ditunjukkan kepada pelanggan di meja</translation>
    </message>
    <message>
        <source>Request of a customer taken</source>
        <translation>Permintaan pelanggan dicatat</translation>
    </message>
    <message>
        <source>Link to a customer&apos;s page made</source>
        <translation>Tautan ke halaman pelanggan dibuat</translation>
    </message>
    <message>
        <source>Customer’s page sent</source>
        <translation>Halaman pelanggan dikirim</translation>
    </message>
    <message>
        <source>Answer of a customer&apos;s page taken in</source>
        <translation>Jawaban dari halaman pelanggan dicatat</translation>
    </message>
    <message>
        <source>Words of a request read</source>
        <translation>Isi permintaan dibaca</translation>
    </message>
    <message>
        <source>Identity for a request checked</source>
        <translation>Identitas untuk permintaan diperiksa</translation>
    </message>
    <message>
        <source>Request found to be a customer’s</source>
        <translation>Permintaan ternyata milik pelanggan</translation>
    </message>
    <message>
        <source>Request detached from a customer</source>
        <translation>Permintaan dilepas dari pelanggan</translation>
    </message>
    <message>
        <source>Answer to a request proposed</source>
        <translation>Jawaban atas permintaan diusulkan</translation>
    </message>
    <message>
        <source>Answer to a request decided</source>
        <translation>Jawaban atas permintaan diputuskan</translation>
    </message>
    <message>
        <source>Field copied for a request</source>
        <translation>Kolom disalin untuk permintaan</translation>
    </message>
    <message>
        <source>Copy of a customer’s data made</source>
        <translation>Salinan data pelanggan dibuat</translation>
    </message>
    <message>
        <source>Request of a customer is due</source>
        <translation>Permintaan pelanggan jatuh tempo</translation>
    </message>
    <message>
        <source>Request of a customer ended</source>
        <translation>Permintaan pelanggan diakhiri</translation>
    </message>
    <message>
        <source>Held purposes freed</source>
        <translation>Tujuan yang ditahan dibebaskan</translation>
    </message>
    <message>
        <source>Letter about a request sent</source>
        <translation>Surat tentang permintaan dikirim</translation>
    </message>
    <message>
        <source>Letter about a request made</source>
        <translation>Surat tentang permintaan dibuat</translation>
    </message>
    <message>
        <source>Suspicion reported</source>
        <translation>Dugaan dilaporkan</translation>
    </message>
    <message>
        <source>Suspicion brought that was reported before sign-in</source>
        <translation>Kecurigaan yang dilaporkan sebelum masuk telah diantar</translation>
    </message>
    <message>
        <source>Incident read</source>
        <translation>Insiden dibaca</translation>
    </message>
    <message>
        <source>Incident confirmed</source>
        <translation>Insiden dipastikan</translation>
    </message>
    <message>
        <source>Suspicion dismissed</source>
        <translation>Dugaan tidak terbukti</translation>
    </message>
    <message>
        <source>Scope of an incident set</source>
        <translation>Cakupan insiden ditetapkan</translation>
    </message>
    <message>
        <source>Customers touched by an incident listed</source>
        <translation>Pelanggan terdampak insiden didaftar</translation>
    </message>
    <message>
        <source>Words of an incident’s letters changed</source>
        <translation>Isi surat insiden diubah</translation>
    </message>
    <message>
        <source>Note written to an incident</source>
        <translation>Catatan insiden ditulis</translation>
    </message>
    <message>
        <source>Incident told</source>
        <translation>Insiden diberitahukan</translation>
    </message>
    <message>
        <source>Letter about an incident made</source>
        <translation>Surat tentang insiden dibuat</translation>
    </message>
    <message>
        <source>Letters to each customer of an incident made</source>
        <translation>Surat untuk setiap pelanggan suatu insiden dibuat</translation>
    </message>
    <message>
        <source>Letter about an incident made to this customer</source>
        <translation>Surat tentang insiden untuk pelanggan ini dibuat</translation>
    </message>
    <message>
        <source>Telling of an incident is due</source>
        <translation>Pemberitahuan insiden jatuh tempo</translation>
    </message>
    <message>
        <source>Incident closed</source>
        <translation>Insiden ditutup</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Ditolak</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Berhasil</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Gagal</translation>
    </message>
    <message>
        <source>Nobody known</source>
        <translation>Tidak diketahui</translation>
    </message>
    <message>
        <source>The log does not hold: entry {n} was edited, or stands in another’s place.</source>
        <translation>Log tidak utuh: entri {n} diubah, atau berada di tempat entri lain.</translation>
    </message>
    <message>
        <source>The log does not hold: entry {n} is missing.</source>
        <translation>Log tidak utuh: entri {n} hilang.</translation>
    </message>
    <message>
        <source>The log does not hold: entry {n} stands out of order.</source>
        <translation>Log tidak utuh: entri {n} tidak pada urutannya.</translation>
    </message>
    <message>
        <source>The log does not hold: it was cut before entry {n}.</source>
        <translation>Log tidak utuh: log dipotong sebelum entri {n}.</translation>
    </message>
    <message>
        <source>The log does not hold: the office’s signature does not fit entry {n}.</source>
        <translation>Log tidak utuh: tanda tangan kantor tidak cocok dengan entri {n}.</translation>
    </message>
    <message>
        <source>The log does not hold: this workstation remembers another entry {n}.</source>
        <translation>Log tidak utuh: komputer ini mengingat entri {n} yang lain.</translation>
    </message>
    <message>
        <source>The log does not hold from entry {n} on.</source>
        <translation>Log tidak utuh mulai entri {n}.</translation>
    </message>
    <message>
        <source>Leave everything as it is and call IT (V2).</source>
        <translation>Biarkan semuanya apa adanya dan hubungi IT (V2).</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>Izin</translation>
    </message>
    <message>
        <source>By reference</source>
        <translation>Tanpa tampil</translation>
    </message>
    <message>
        <source>Lookup</source>
        <translation>Cari nomor</translation>
    </message>
    <message>
        <source>Unlock, {name}</source>
        <translation>Izin, {name}</translation>
    </message>
    <message>
        <source>a supervisor said no</source>
        <translation>supervisor menolak</translation>
    </message>
    <message>
        <source>the role does not open it</source>
        <translation>peran ini tidak membukanya</translation>
    </message>
    <message>
        <source>the shift’s reveals were used up</source>
        <translation>jatah buka giliran habis</translation>
    </message>
    <message>
        <source>too many in a short time</source>
        <translation>terlalu banyak dalam waktu singkat</translation>
    </message>
    <message>
        <source>outside the hours of work</source>
        <translation>di luar jam kerja</translation>
    </message>
    <message>
        <source>not in one of their queues</source>
        <translation>bukan antrean mereka</translation>
    </message>
    <message>
        <source>without the key of the class</source>
        <translation>tanpa kunci kelas</translation>
    </message>
    <message>
        <source>without the lesson</source>
        <translation>tanpa pelajaran</translation>
    </message>
    <message>
        <source>without the rules accepted</source>
        <translation>tanpa menerima tata tertib</translation>
    </message>
    <message>
        <source>at a workstation that lacks a protection</source>
        <translation>di komputer yang kurang terlindungi</translation>
    </message>
    <message>
        <source>without a reason that fits</source>
        <translation>tanpa alasan yang cocok</translation>
    </message>
    <message>
        <source>the caller was not identified</source>
        <translation>penelepon belum dikenali</translation>
    </message>
    <message>
        <source>without an unlock</source>
        <translation>tanpa izin buka</translation>
    </message>
    <message>
        <source>the unlock was over</source>
        <translation>izin buka sudah berakhir</translation>
    </message>
    <message>
        <source>what the caller said did not fit</source>
        <translation>ucapan penelepon tidak cocok</translation>
    </message>
    <message>
        <source>the office did not allow it</source>
        <translation>back office tidak mengizinkan</translation>
    </message>
    <message>
        <source>{n} s</source>
        <translation>{n} dtk</translation>
    </message>
    <message>
        <source>up to {n} s</source>
        <translation>maks. {n} dtk</translation>
    </message>
    <message>
        <source>closed by itself</source>
        <translation>tertutup sendiri</translation>
    </message>
    <message>
        <source>closed by hand</source>
        <translation>ditutup sendiri</translation>
    </message>
    <message>
        <source>another field took its place</source>
        <translation>diganti kolom lain</translation>
    </message>
    <message>
        <source>closed as the window was left</source>
        <translation>tertutup karena jendela ditinggalkan</translation>
    </message>
    <message>
        <source>closed by a supervisor</source>
        <translation>ditutup supervisor</translation>
    </message>
    <message>
        <source>closed by a lock or the session’s end</source>
        <translation>tertutup karena kunci atau akhir sesi</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Ya</translation>
    </message>
    <message>
        <source>No call</source>
        <translation>Tanpa telepon</translation>
    </message>
    <message>
        <source>Audit entry {n}</source>
        <translation>Entri audit {n}</translation>
    </message>
    <message>
        <source>{time}, {agent} at {seat}: {field} of {customer}; {reason}; {how}, open {open}; call: {call}</source>
        <translation>{time}, {agent} di {seat}: {field} milik {customer}; {reason}; {how}, terbuka {open}; telepon: {call}</translation>
    </message>
    <message>
        <source>Last hour</source>
        <translation>Satu jam terakhir</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Hari ini</translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation>7 hari terakhir</translation>
    </message>
    <message>
        <source>Last 30 days</source>
        <translation>30 hari terakhir</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Waktu</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>Peristiwa</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>Hasil</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Kelas</translation>
    </message>
    <message>
        <source>Entry</source>
        <translation>Entri</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>Subjek</translation>
    </message>
    <message>
        <source>A day or two: 2026-11-27, or 2026-11-01 2026-11-27</source>
        <translation>Satu atau dua tanggal: 2026-11-27, atau 2026-11-01 2026-11-27</translation>
    </message>
    <message>
        <source>An account, such as ratna.dewanti; also finds what was done with it</source>
        <translation>Sebuah akun, misalnya ratna.dewanti; juga menemukan yang dilakukan bersamanya</translation>
    </message>
    <message>
        <source>A number or a span: 88190, or 88100-88190</source>
        <translation>Nomor atau rentang: 88190, atau 88100-88190</translation>
    </message>
    <message>
        <source>Workstation</source>
        <translation>Komputer</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Kolom</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>Pelanggan</translation>
    </message>
    <message>
        <source>How</source>
        <translation>Cara</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Terbuka</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>Telepon</translation>
    </message>
    <message>
        <source>Contact</source>
        <translation>Kontak</translation>
    </message>
    <message>
        <source>Identity</source>
        <translation>Identitas</translation>
    </message>
    <message>
        <source>Financial</source>
        <translation>Keuangan</translation>
    </message>
    <message>
        <source>Special</source>
        <translation>Khusus</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Catatan</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>Agen</translation>
    </message>
    <message>
        <source>Supervisor</source>
        <translation>Supervisor</translation>
    </message>
    <message>
        <source>Privacy officer</source>
        <translation>Petugas privasi</translation>
    </message>
    <message>
        <source>Administrator</source>
        <translation>Administrator</translation>
    </message>
    <message>
        <source>Recovery</source>
        <translation>Pemulihan</translation>
    </message>
    <message>
        <source>Approvals</source>
        <translation>Persetujuan</translation>
    </message>
    <message>
        <source>Exposures</source>
        <translation>Paparan</translation>
    </message>
    <message>
        <source>Privacy desk</source>
        <translation>Meja privasi</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Pelatihan</translation>
    </message>
    <message>
        <source>Accounts</source>
        <translation>Akun</translation>
    </message>
    <message>
        <source>Workstations</source>
        <translation>Komputer</translation>
    </message>
    <message>
        <source>Audit log</source>
        <translation>Log audit</translation>
    </message>
    <message>
        <source>Policy</source>
        <translation>Kebijakan</translation>
    </message>
    <message>
        <source>card number</source>
        <translation>nomor kartu</translation>
    </message>
    <message>
        <source>card code</source>
        <translation>kode kartu</translation>
    </message>
    <message>
        <source>Customer number</source>
        <translation>Nomor pelanggan</translation>
    </message>
    <message>
        <source>NIK</source>
        <translation>NIK</translation>
    </message>
    <message>
        <source>Passport number</source>
        <translation>Nomor paspor</translation>
    </message>
    <message>
        <source>They are a customer again (art. 20 (2) b)</source>
        <translation>Menjadi pelanggan lagi (Pasal 20 (2) b)</translation>
    </message>
    <message>
        <source>They have agreed anew (art. 20 (2) a)</source>
        <translation>Sudah setuju lagi (Pasal 20 (2) a)</translation>
    </message>
    <message>
        <source>A law demands it (art. 20 (2) c)</source>
        <translation>Diwajibkan undang-undang (Pasal 20 (2) c)</translation>
    </message>
    <message>
        <source>Somebody else has this number now</source>
        <translation>Nomor ini kini milik orang lain</translation>
    </message>
    <message>
        <source>Somebody else names the same person until {t}. Whom it is about is kept nowhere.</source>
        <translation>Orang lain menyebut orang yang sama sampai {t}. Siapa orangnya tidak disimpan di mana pun.</translation>
    </message>
    <message>
        <source>Proposed by {name}. Name the same person until {t}, by a value from their papers.</source>
        <translation>Diusulkan oleh {name}. Sebutkan orang yang sama sampai {t}, dengan nilai dari dokumennya.</translation>
    </message>
    <message>
        <source>{state}: {name}, {t}.</source>
        <translation>{state}: {name}, {t}.</translation>
    </message>
    <message>
        <source>That is no value of its kind. Look at the person’s papers again.</source>
        <translation>Nilai ini tidak sesuai jenisnya. Lihat lagi dokumen orangnya.</translation>
    </message>
    <message>
        <source>Nothing keeps anybody of this value out. They can be taken in as they are.</source>
        <translation>Tidak ada yang menahan nilai ini. Orangnya dapat langsung dimasukkan.</translation>
    </message>
    <message>
        <source>This is not the person who was proposed.</source>
        <translation>Ini bukan orang yang diusulkan.</translation>
    </message>
    <message>
        <source>One person names {n} people a day at most. Somebody else may go on.</source>
        <translation>Satu orang paling banyak menyebut {n} orang sehari. Orang lain dapat melanjutkan.</translation>
    </message>
    <message>
        <source>Name the contract, the request or the case: letters, digits and . / _ - alone.</source>
        <translation>Sebutkan kontrak, permintaan, atau perkaranya: hanya huruf, angka, dan . / _ -.</translation>
    </message>
    <message>
        <source>national ID</source>
        <translation>nomor identitas</translation>
    </message>
    <message>
        <source>family card number</source>
        <translation>nomor KK</translation>
    </message>
    <message>
        <source>NPWP</source>
        <translation>NPWP</translation>
    </message>
    <message>
        <source>BPJS number</source>
        <translation>nomor BPJS</translation>
    </message>
    <message>
        <source>passport number</source>
        <translation>nomor paspor</translation>
    </message>
    <message>
        <source>phone number</source>
        <translation>nomor telepon</translation>
    </message>
    <message>
        <source>e-mail address</source>
        <translation>alamat surel</translation>
    </message>
    <message>
        <source>account number</source>
        <translation>nomor rekening</translation>
    </message>
    <message>
        <source>birth date</source>
        <translation>tanggal lahir</translation>
    </message>
    <message>
        <source>number plate</source>
        <translation>pelat nomor</translation>
    </message>
    <message>
        <source>you may reveal, with a reason</source>
        <translation>boleh Anda buka, dengan alasan</translation>
    </message>
    <message>
        <source>a supervisor opens one field at a time</source>
        <translation>supervisor membuka satu kolom tiap kali</translation>
    </message>
    <message>
        <source>specific data under UU PDP, only a privacy officer decides</source>
        <translation>data spesifik UU PDP, hanya petugas privasi yang memutuskan</translation>
    </message>
    <message>
        <source>a supervisor still has to hand you the key of this class</source>
        <translation>supervisor masih harus menyerahkan kunci kelas ini kepada Anda</translation>
    </message>
    <message>
        <source>a lesson opens this</source>
        <translation>ada pelajaran yang membuka ini</translation>
    </message>
    <message>
        <source>the rules of conduct have to be accepted first</source>
        <translation>tata tertib harus diterima dahulu</translation>
    </message>
    <message>
        <source>all reveals of this shift are used, a supervisor opens one field at a time</source>
        <translation>jatah buka di giliran ini habis, supervisor membuka satu kolom tiap kali</translation>
    </message>
    <message>
        <source>many in a short time, wait a little or ask a supervisor</source>
        <translation>terlalu banyak dalam waktu singkat, tunggu sebentar atau minta supervisor</translation>
    </message>
    <message>
        <source>outside the hours of work, a supervisor opens one field at a time</source>
        <translation>di luar jam kerja, supervisor membuka satu kolom setiap kali</translation>
    </message>
    <message>
        <source>nothing is kept here</source>
        <translation>tidak ada yang disimpan di sini</translation>
    </message>
    <message>
        <source>You may open it</source>
        <translation>Boleh Anda buka</translation>
    </message>
    <message>
        <source>A supervisor decides</source>
        <translation>Supervisor yang memutuskan</translation>
    </message>
    <message>
        <source>Only a privacy officer decides</source>
        <translation>Hanya petugas privasi yang memutuskan</translation>
    </message>
    <message>
        <source>Waits for your class key</source>
        <translation>Menunggu kunci kelas Anda</translation>
    </message>
    <message>
        <source>A lesson opens this</source>
        <translation>Ada pelajaran yang membuka ini</translation>
    </message>
    <message>
        <source>Accept the rules of conduct first</source>
        <translation>Terima tata tertib dahulu</translation>
    </message>
    <message>
        <source>Your reveals are used up</source>
        <translation>Jatah buka Anda habis</translation>
    </message>
    <message>
        <source>Wait a little, or ask</source>
        <translation>Tunggu sebentar, atau minta</translation>
    </message>
    <message>
        <source>Why and the law</source>
        <translation>Alasan dan hukum</translation>
    </message>
    <message>
        <source>Masks and reveals</source>
        <translation>Samaran dan membuka data</translation>
    </message>
    <message>
        <source>Who is calling</source>
        <translation>Siapa yang menelepon</translation>
    </message>
    <message>
        <source>Notes and screens</source>
        <translation>Catatan dan layar</translation>
    </message>
    <message>
        <source>Incidents</source>
        <translation>Insiden</translation>
    </message>
    <message>
        <source>The customer’s rights</source>
        <translation>Hak pelanggan</translation>
    </message>
    <message>
        <source>the lesson “{name}” opens this</source>
        <translation>pelajaran “{name}” membukanya</translation>
    </message>
    <message>
        <source>Reveals</source>
        <translation>Membuka</translation>
    </message>
    <message>
        <source>Asks</source>
        <translation>Meminta</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Tidak pernah</translation>
    </message>
    <message>
        <source>Shown</source>
        <translation>Selalu tampil</translation>
    </message>
    <message>
        <source>Always shown</source>
        <translation>Selalu tampil</translation>
    </message>
    <message>
        <source>fresh code</source>
        <translation>kode baru</translation>
    </message>
    <message>
        <source>Opens one field at a time, for a reason.</source>
        <translation>Membuka satu kolom tiap kali, dengan alasan.</translation>
    </message>
    <message>
        <source>Asks somebody who decides; one field opens, once.</source>
        <translation>Meminta kepada yang memutuskan; satu kolom terbuka, sekali.</translation>
    </message>
    <message>
        <source>Neither opens nor asks for it.</source>
        <translation>Tidak membuka dan tidak meminta.</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ya</translation>
    </message>
    <message>
        <source>no</source>
        <translation>tidak</translation>
    </message>
    <message>
        <source>Unused until the lock</source>
        <translation>Diam sampai terkunci</translation>
    </message>
    <message>
        <source>Unused until the end</source>
        <translation>Diam sampai sesi berakhir</translation>
    </message>
    <message>
        <source>Unused during a call until the lock</source>
        <translation>Diam selama panggilan sampai terkunci</translation>
    </message>
    <message>
        <source>Longest session</source>
        <translation>Sesi terlama</translation>
    </message>
    <message>
        <source>Without the back office</source>
        <translation>Tanpa back office</translation>
    </message>
    <message>
        <source>Between two beats</source>
        <translation>Jarak antara dua detak</translation>
    </message>
    <message>
        <source>A fresh code counts</source>
        <translation>Kode baru berlaku</translation>
    </message>
    <message>
        <source>A half-finished sign-in</source>
        <translation>Proses masuk yang belum selesai</translation>
    </message>
    <message>
        <source>A field stays open</source>
        <translation>Kolom tetap terbuka</translation>
    </message>
    <message>
        <source>A request waits</source>
        <translation>Permintaan menunggu</translation>
    </message>
    <message>
        <source>An unlock can be used</source>
        <translation>Izin buka dapat dipakai</translation>
    </message>
    <message>
        <source>Views of an unlock</source>
        <translation>Kali buka per izin</translation>
    </message>
    <message>
        <source>Until one may ask again</source>
        <translation>Jeda sebelum meminta lagi</translation>
    </message>
    <message>
        <source>A copy stays</source>
        <translation>Salinan bertahan</translation>
    </message>
    <message>
        <source>Wrong passwords at the lock</source>
        <translation>Kata sandi salah di layar kunci</translation>
    </message>
    <message>
        <source>Tries per field and call</source>
        <translation>Percobaan per kolom dan panggilan</translation>
    </message>
    <message>
        <source>Tries per customer and day</source>
        <translation>Percobaan per pelanggan dan hari</translation>
    </message>
    <message>
        <source>Lookups in a minute</source>
        <translation>Pencarian nomor per menit</translation>
    </message>
    <message>
        <source>Lookups in a shift</source>
        <translation>Pencarian nomor per giliran</translation>
    </message>
    <message>
        <source>Changed fields in a minute</source>
        <translation>Kolom yang diubah per menit</translation>
    </message>
    <message>
        <source>Changed fields in a shift</source>
        <translation>Kolom yang diubah per giliran</translation>
    </message>
    <message>
        <source>Letters of own words, least</source>
        <translation>Huruf alasan sendiri, paling sedikit</translation>
    </message>
    <message>
        <source>Letters of own words, most</source>
        <translation>Huruf alasan sendiri, paling banyak</translation>
    </message>
    <message>
        <source>An activation code counts</source>
        <translation>Kode aktivasi berlaku</translation>
    </message>
    <message>
        <source>Customers under one data key</source>
        <translation>Pelanggan per kunci data</translation>
    </message>
    <message>
        <source>{n} h</source>
        <translation>{n} jam</translation>
    </message>
    <message>
        <source>{n} min</source>
        <translation>{n} mnt</translation>
    </message>
    <message>
        <source>Answers that count</source>
        <translation>Jawaban yang dihitung</translation>
    </message>
    <message>
        <source>Answers that have to match</source>
        <translation>Jawaban yang harus cocok</translation>
    </message>
    <message>
        <source>Of these, compared by eye</source>
        <translation>Di antaranya, dicocokkan dengan mata</translation>
    </message>
    <message>
        <source>Caller needed for</source>
        <translation>Penelepon terverifikasi untuk</translation>
    </message>
    <message>
        <source>A check counts</source>
        <translation>Satu pengecekan berlaku</translation>
    </message>
    <message>
        <source>Quota</source>
        <translation>Jatah</translation>
    </message>
    <message>
        <source>Outside the hours of work</source>
        <translation>Di luar jam kerja</translation>
    </message>
    <message>
        <source>Protection of workstations</source>
        <translation>Pelindungan komputer</translation>
    </message>
    <message>
        <source>Hours of work</source>
        <translation>Jam kerja</translation>
    </message>
    <message>
        <source>Who saw my data</source>
        <translation>Siapa melihat data saya</translation>
    </message>
    <message>
        <source>Classes that may be copied</source>
        <translation>Kelas yang boleh disalin</translation>
    </message>
    <message>
        <source>Captures let through by IT</source>
        <translation>Tangkapan layar yang diizinkan IT</translation>
    </message>
    <message>
        <source>Only known workstations sign in</source>
        <translation>Hanya komputer yang dikenal dapat masuk</translation>
    </message>
    <message>
        <source>{n} in a shift, {m} in {t}</source>
        <translation>{n} per giliran, {m} dalam {t}</translation>
    </message>
    <message>
        <source>as within them</source>
        <translation>sama seperti jam kerja</translation>
    </message>
    <message>
        <source>a fresh code for each</source>
        <translation>kode baru tiap kali</translation>
    </message>
    <message>
        <source>a supervisor decides</source>
        <translation>supervisor memutuskan</translation>
    </message>
    <message>
        <source>not asked for</source>
        <translation>tidak diminta</translation>
    </message>
    <message>
        <source>advised</source>
        <translation>disarankan</translation>
    </message>
    <message>
        <source>required, else values stay shut</source>
        <translation>wajib, jika tidak nilai tetap tertutup</translation>
    </message>
    <message>
        <source>All classes</source>
        <translation>Semua kelas</translation>
    </message>
    <message>
        <source>none</source>
        <translation>tidak ada</translation>
    </message>
    <message>
        <source>own words needed</source>
        <translation>alasan sendiri wajib</translation>
    </message>
    <message>
        <source>only for {purpose}</source>
        <translation>hanya untuk {purpose}</translation>
    </message>
    <message>
        <source>caller needed</source>
        <translation>penelepon terverifikasi</translation>
    </message>
    <message>
        <source>without a caller</source>
        <translation>tanpa penelepon</translation>
    </message>
    <message>
        <source>to reveal</source>
        <translation>untuk membuka</translation>
    </message>
    <message>
        <source>to ask</source>
        <translation>untuk meminta</translation>
    </message>
    <message>
        <source>Kept in notes: {code}</source>
        <translation>Tetap di catatan: {code}</translation>
    </message>
    <message>
        <source>Outcome: {code}</source>
        <translation>Hasil: {code}</translation>
    </message>
    <message>
        <source>Tag: {code}</source>
        <translation>Label: {code}</translation>
    </message>
    <message>
        <source>call-back needed</source>
        <translation>perlu telepon balik</translation>
    </message>
    <message>
        <source>retired</source>
        <translation>tidak dipakai lagi</translation>
    </message>
    <message>
        <source>{place}: a fresh code</source>
        <translation>{place}: kode baru</translation>
    </message>
    <message>
        <source>{place}: decides on requests</source>
        <translation>{place}: memutuskan permintaan</translation>
    </message>
    <message>
        <source>Order of the reasons {what}</source>
        <translation>Urutan alasan {what}</translation>
    </message>
    <message>
        <source>Reason {what}: {code}</source>
        <translation>Alasan {what}: {code}</translation>
    </message>
    <message>
        <source>Order of the outcomes</source>
        <translation>Urutan hasil</translation>
    </message>
    <message>
        <source>Order of the tags</source>
        <translation>Urutan label</translation>
    </message>
    <message>
        <source>Order of the reasons to keep finds of notes</source>
        <translation>Urutan alasan membiarkan temuan di catatan</translation>
    </message>
    <message>
        <source>Copying {class_name}</source>
        <translation>Menyalin {class_name}</translation>
    </message>
    <message>
        <source>not offered</source>
        <translation>tidak ditawarkan</translation>
    </message>
    <message>
        <source>Version {n}</source>
        <translation>Versi {n}</translation>
    </message>
    <message>
        <source>As delivered</source>
        <translation>Bawaan Tirai</translation>
    </message>
    <message>
        <source>You proposed this; somebody else confirms it.</source>
        <translation>Anda yang mengusulkan; orang lain yang mengonfirmasi.</translation>
    </message>
    <message>
        <source>A supervisor or a privacy officer confirms this.</source>
        <translation>Supervisor atau petugas privasi yang mengonfirmasi.</translation>
    </message>
    <message>
        <source>Only who holds every class of their role confirms this.</source>
        <translation>Hanya pemegang semua kelas perannya yang dapat mengonfirmasi.</translation>
    </message>
    <message>
        <source>Proposing…</source>
        <translation>Mengusulkan…</translation>
    </message>
    <message>
        <source>Taking it away…</source>
        <translation>Menarik kembali…</translation>
    </message>
    <message>
        <source>A whole number from {least} to {most}.</source>
        <translation>Bilangan bulat dari {least} sampai {most}.</translation>
    </message>
    <message>
        <source>Line {n}: {key} is a whole number from {least} to {most}.</source>
        <translation>Baris {n}: {key} adalah bilangan bulat dari {least} sampai {most}.</translation>
    </message>
    <message>
        <source>Line {n} is no TOML.</source>
        <translation>Baris {n} bukan TOML.</translation>
    </message>
    <message>
        <source>Line {n}: {key} is missing.</source>
        <translation>Baris {n}: {key} tidak ada.</translation>
    </message>
    <message>
        <source>Line {n}: {key} is not allowed.</source>
        <translation>Baris {n}: {key} tidak diperbolehkan.</translation>
    </message>
    <message>
        <source>This edit cannot stand. {reason}</source>
        <translation>Perubahan ini tidak dapat diterima. {reason}</translation>
    </message>
    <message>
        <source>An edit waits already. Confirm it or take it back.</source>
        <translation>Sudah ada perubahan yang menunggu. Konfirmasi atau tarik kembali dulu.</translation>
    </message>
    <message>
        <source>The policy has changed meanwhile. Look at it again.</source>
        <translation>Kebijakan sudah berubah. Lihat lagi.</translation>
    </message>
    <message>
        <source>This changes nothing.</source>
        <translation>Ini tidak mengubah apa pun.</translation>
    </message>
    <message>
        <source>The office does not know the workstation that you sit at, so you would be shut out, too. Have IT enrol it first.</source>
        <translation>Kantor tidak mengenal komputer yang Anda pakai, jadi Anda pun akan tertutup di luar. Minta IT mendaftarkannya dahulu.</translation>
    </message>
    <message>
        <source>The back office shows a policy that nobody signed. It is not obeyed. Call IT (P1).</source>
        <translation>Back office menampilkan kebijakan tanpa tanda tangan. Kebijakan itu tidak diikuti. Hubungi IT (P1).</translation>
    </message>
    <message>
        <source>The clock here is not the back office’s. Call IT to set it.</source>
        <translation>Jam di sini berbeda dari back office. Minta IT membetulkannya.</translation>
    </message>
    <message>
        <source>Somebody else changed something just now. Try again.</source>
        <translation>Orang lain baru saja mengubah sesuatu. Coba lagi.</translation>
    </message>
    <message>
        <source>{m} min</source>
        <translation>{m} mnt</translation>
    </message>
    <message>
        <source>{h} h {m} min</source>
        <translation>{h} j {m} mnt</translation>
    </message>
    <message>
        <source>Saved just now</source>
        <translation>Baru saja tersimpan</translation>
    </message>
    <message>
        <source>Saved {n} s ago</source>
        <translation>Tersimpan {n} dtk lalu</translation>
    </message>
    <message>
        <source>Saved {n} min ago</source>
        <translation>Tersimpan {n} mnt lalu</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Cari</translation>
    </message>
    <message>
        <source>Type a name, a number or a ticket; the list answers as you type, and Return opens the customer. A whole phone or card number is asked of the back office. {key} brings you here from anywhere.</source>
        <translation>Ketik nama, nomor, atau tiket; daftar menjawab selagi Anda mengetik, dan Enter membuka pelanggan. Nomor telepon atau kartu yang lengkap ditanyakan ke back office. {key} membawa Anda ke sini dari mana saja.</translation>
    </message>
    <message>
        <source>Check who is calling</source>
        <translation>Cek siapa yang menelepon</translation>
    </message>
    <message>
        <source>Type what the caller says; Tirai answers match or no match, and shows nothing. That is often all you need. {key} brings you here.</source>
        <translation>Ketik ucapan penelepon; Tirai menjawab cocok atau tidak, dan tidak menampilkan apa pun. Sering kali itu sudah cukup. {key} membawa Anda ke sini.</translation>
    </message>
    <message>
        <source>The curtain</source>
        <translation>Tirai</translation>
    </message>
    <message>
        <source>What is behind the cloth is not on this workstation. The row offers what you may do: {reveal} opens, {ask} asks a supervisor, and {why} says why it is masked. Each opening is written down with your name.</source>
        <translation>Yang ada di balik kain tidak ada di komputer ini. Baris menawarkan yang boleh Anda lakukan: {reveal} membuka, {ask} meminta supervisor, dan {why} menjelaskan mengapa disamarkan. Setiap pembukaan dicatat atas nama Anda.</translation>
    </message>
    <message>
        <source>The note</source>
        <translation>Catatan</translation>
    </message>
    <message>
        <source>It saves itself as you type, and comes back after a lock. Numbers of people in it become masks. {key} brings you here.</source>
        <translation>Catatan tersimpan sendiri selagi Anda mengetik, dan kembali setelah terkunci. Nomor milik orang di dalamnya menjadi samaran. {key} membawa Anda ke sini.</translation>
    </message>
    <message>
        <source>When you leave</source>
        <translation>Saat Anda pergi</translation>
    </message>
    <message>
        <source>{lock} covers the screen and keeps your work. {palette} finds every command, {keys} shows every key, and this tour, too.</source>
        <translation>{lock} menutup layar dan menyimpan pekerjaan Anda. {palette} menemukan semua perintah, {keys} menampilkan semua tombol, dan tur ini juga.</translation>
    </message>
    <message>
        <source>List or table</source>
        <translation>Daftar atau tabel</translation>
    </message>
    <message>
        <source>Customer card</source>
        <translation>Kartu pelanggan</translation>
    </message>
    <message>
        <source>Identity check</source>
        <translation>Cek identitas</translation>
    </message>
    <message>
        <source>Change a field of this customer</source>
        <translation>Ubah satu kolom pelanggan ini</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Catatan</translation>
    </message>
    <message>
        <source>Keep a number in the note as typed</source>
        <translation>Biarkan satu nomor di catatan seperti diketik</translation>
    </message>
    <message>
        <source>Show or hide the earlier notes</source>
        <translation>Tampilkan atau sembunyikan catatan sebelumnya</translation>
    </message>
    <message>
        <source>The screen’s main action</source>
        <translation>Tindakan utama layar</translation>
    </message>
    <message>
        <source>Filter the table</source>
        <translation>Saring tabel</translation>
    </message>
    <message>
        <source>Columns of the table</source>
        <translation>Kolom tabel</translation>
    </message>
    <message>
        <source>Saved views of the table</source>
        <translation>Tampilan tabel tersimpan</translation>
    </message>
    <message>
        <source>Sync now</source>
        <translation>Sinkronkan sekarang</translation>
    </message>
    <message>
        <source>Privacy of this customer</source>
        <translation>Privasi pelanggan ini</translation>
    </message>
    <message>
        <source>Take a request about personal data down</source>
        <translation>Catat permintaan tentang data pribadi</translation>
    </message>
    <message>
        <source>New contact</source>
        <translation>Kontak baru</translation>
    </message>
    <message>
        <source>Show who calls, or take the call that waits</source>
        <translation>Lihat siapa yang menelepon, atau terima panggilan yang menunggu</translation>
    </message>
    <message>
        <source>Hold the call, or go on with it</source>
        <translation>Tahan panggilan, atau lanjutkan</translation>
    </message>
    <message>
        <source>End call</source>
        <translation>Akhiri panggilan</translation>
    </message>
    <message>
        <source>To the lesson that opens it</source>
        <translation>Ke pelajaran yang membukanya</translation>
    </message>
    <message>
        <source>Change the field</source>
        <translation>Ubah kolom</translation>
    </message>
    <message>
        <source>Who changed it, and when</source>
        <translation>Siapa yang mengubah, dan kapan</translation>
    </message>
    <message>
        <source>All actions of the row</source>
        <translation>Semua tindakan baris ini</translation>
    </message>
    <message>
        <source>Report a suspicion</source>
        <translation>Laporkan dugaan</translation>
    </message>
    <message>
        <source>Next section of the card</source>
        <translation>Bagian kartu berikutnya</translation>
    </message>
    <message>
        <source>Previous section of the card</source>
        <translation>Bagian kartu sebelumnya</translation>
    </message>
    <message>
        <source>Edge of the panel to the left</source>
        <translation>Tepi panel ke kiri</translation>
    </message>
    <message>
        <source>Edge of the panel to the right</source>
        <translation>Tepi panel ke kanan</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Urungkan</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Ulangi lagi</translation>
    </message>
    <message>
        <source>Hand class keys to new colleagues</source>
        <translation>Serahkan kunci kelas ke rekan baru</translation>
    </message>
    <message>
        <source>Display and language</source>
        <translation>Tampilan dan bahasa</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>Kunci</translation>
    </message>
    <message>
        <source>Sign out and wipe</source>
        <translation>Keluar dan hapus</translation>
    </message>
    <message>
        <source>What happens at the end</source>
        <translation>Yang terjadi di akhir</translation>
    </message>
    <message>
        <source>All commands</source>
        <translation>Semua perintah</translation>
    </message>
    <message>
        <source>All keys</source>
        <translation>Semua tombol</translation>
    </message>
    <message>
        <source>Why is this masked?</source>
        <translation>Mengapa ini disamarkan?</translation>
    </message>
    <message>
        <source>Show the tour</source>
        <translation>Tampilkan tur</translation>
    </message>
    <message>
        <source>Bring closed notices back</source>
        <translation>Tampilkan lagi pemberitahuan yang ditutup</translation>
    </message>
    <message>
        <source>Switch single-letter keys on or off</source>
        <translation>Nyalakan atau matikan tombol satu huruf</translation>
    </message>
    <message>
        <source>Deny</source>
        <translation>Tolak</translation>
    </message>
    <message>
        <source>Ask back</source>
        <translation>Tanya balik</translation>
    </message>
    <message>
        <source>Revoke</source>
        <translation>Cabut</translation>
    </message>
    <message>
        <source>A plot as a table, and back</source>
        <translation>Grafik sebagai tabel, dan kembali</translation>
    </message>
    <message>
        <source>Verify the audit chain</source>
        <translation>Verifikasi rantai audit</translation>
    </message>
    <message>
        <source>Who saw this customer’s data</source>
        <translation>Siapa yang melihat data pelanggan ini</translation>
    </message>
    <message>
        <source>Choose by number</source>
        <translation>Pilih dengan angka</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Ekspor</translation>
    </message>
    <message>
        <source>First workspace</source>
        <translation>Ruang kerja pertama</translation>
    </message>
    <message>
        <source>Second workspace</source>
        <translation>Ruang kerja kedua</translation>
    </message>
    <message>
        <source>Third workspace</source>
        <translation>Ruang kerja ketiga</translation>
    </message>
    <message>
        <source>Fourth workspace</source>
        <translation>Ruang kerja keempat</translation>
    </message>
    <message>
        <source>Fifth workspace</source>
        <translation>Ruang kerja kelima</translation>
    </message>
    <message>
        <source>My account</source>
        <translation>Akun saya</translation>
    </message>
    <message>
        <source>Close the innermost thing</source>
        <translation>Tutup yang terdalam</translation>
    </message>
    <message>
        <source>Next region</source>
        <translation>Bagian berikutnya</translation>
    </message>
    <message>
        <source>Previous region</source>
        <translation>Bagian sebelumnya</translation>
    </message>
    <message>
        <source>Compare what the caller says; the field stays shut</source>
        <translation>Bandingkan ucapan penelepon; kolom tetap tertutup</translation>
    </message>
    <message>
        <source>Reveal</source>
        <translation>Buka</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>Minta</translation>
    </message>
    <message>
        <source>Withdraw</source>
        <translation>Batalkan</translation>
    </message>
    <message>
        <source>Dial, send or transfer; the field stays shut</source>
        <translation>Telepon, kirim, atau alihkan; kolom tetap tertutup</translation>
    </message>
    <message>
        <source>Copy the open value</source>
        <translation>Salin nilai yang terbuka</translation>
    </message>
    <message>
        <source>Say the open value (screen reader only)</source>
        <translation>Ucapkan nilai yang terbuka (hanya pembaca layar)</translation>
    </message>
    <message>
        <source>The row’s action</source>
        <translation>Tindakan baris</translation>
    </message>
    <message>
        <source>Row above</source>
        <translation>Baris di atas</translation>
    </message>
    <message>
        <source>Row below</source>
        <translation>Baris di bawah</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Alasan</translation>
    </message>
    <message>
        <source>Use at least 15 characters; four or five words are easy to remember.</source>
        <translation>Pakai minimal 15 karakter; empat atau lima kata mudah diingat.</translation>
    </message>
    <message>
        <source>Use at most 256 characters.</source>
        <translation>Pakai paling banyak 256 karakter.</translation>
    </message>
    <message>
        <source>This password repeats itself; choose other words.</source>
        <translation>Kata sandi ini berulang-ulang; pilih kata lain.</translation>
    </message>
    <message>
        <source>This is not an activation code. Copy all 13 groups from the paper or message.</source>
        <translation>Ini bukan kode aktivasi. Salin ke-13 kelompok dari kertas atau pesan.</translation>
    </message>
    <message>
        <source>The activation code does not open this account. Check both, or ask for a new code.</source>
        <translation>Kode aktivasi tidak membuka akun ini. Periksa keduanya, atau minta kode baru.</translation>
    </message>
    <message>
        <source>Another office answers here than the one that made this activation code. Call IT (O1).</source>
        <translation>Kantor yang menjawab di sini bukan yang membuat kode aktivasi ini. Hubungi IT (O1).</translation>
    </message>
    <message>
        <source>This set-up took longer than 5 minutes, or too many codes did not fit. Start again.</source>
        <translation>Penyiapan ini lebih dari 5 menit, atau terlalu banyak kode tidak cocok. Mulai lagi.</translation>
    </message>
    <message>
        <source>The clock here is some minutes off. Codes will not fit until IT sets it.</source>
        <translation>Jam di sini meleset beberapa menit. Kode tidak akan cocok sampai IT membetulkannya.</translation>
    </message>
    <message>
        <source>Reset waits</source>
        <translation>Setel ulang menunggu</translation>
    </message>
    <message>
        <source>Must wait</source>
        <translation>Harus menunggu</translation>
    </message>
    <message>
        <source>Invited</source>
        <translation>Diundang</translation>
    </message>
    <message>
        <source>Code is over</source>
        <translation>Kode berakhir</translation>
    </message>
    <message>
        <source>Shut out</source>
        <translation>Tertutup</translation>
    </message>
    <message>
        <source>Active</source>
        <translation>Aktif</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Disetel ulang</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>Ditutup</translation>
    </message>
    <message>
        <source>Closed: sessions, classes and keys are gone. Opening it again takes a second person.</source>
        <translation>Ditutup: sesi, kelas, dan kunci sudah hilang. Membukanya lagi butuh orang kedua.</translation>
    </message>
    <message>
        <source>The office was opened with the recovery kit, without this account. A reset lets the person in again.</source>
        <translation>Kantor dibuka dengan kit pemulihan, tanpa akun ini. Penyetelan ulang membuat orang ini bisa masuk lagi.</translation>
    </message>
    <message>
        <source>Its activation code is over. A new one takes a second person again.</source>
        <translation>Kode aktivasinya sudah habis waktunya. Kode baru perlu orang kedua lagi.</translation>
    </message>
    <message>
        <source>Its activation code is over. Make a new one.</source>
        <translation>Kode aktivasinya sudah berakhir. Buat yang baru.</translation>
    </message>
    <message>
        <source>Waits for the person. The activation code is good until {t}.</source>
        <translation>Menunggu orangnya. Kode aktivasi berlaku sampai {t}.</translation>
    </message>
    <message>
        <source>The password is forgotten</source>
        <translation>Kata sandi terlupa</translation>
    </message>
    <message>
        <source>The authenticator is lost</source>
        <translation>Autentikator hilang</translation>
    </message>
    <message>
        <source>Possibly stolen</source>
        <translation>Mungkin dicuri</translation>
    </message>
    <message>
        <source>The closed account is opened again</source>
        <translation>Akun yang ditutup dibuka lagi</translation>
    </message>
    <message>
        <source>Opened with the recovery kit</source>
        <translation>Dibuka dengan kit pemulihan</translation>
    </message>
    <message>
        <source>Activation code lost or over</source>
        <translation>Kode aktivasi hilang atau habis</translation>
    </message>
    <message>
        <source>New key for {class_name}</source>
        <translation>Kunci baru untuk {class_name}</translation>
    </message>
    <message>
        <source>Open {name} again</source>
        <translation>Buka lagi {name}</translation>
    </message>
    <message>
        <source>Reset {name}</source>
        <translation>Setel ulang {name}</translation>
    </message>
    <message>
        <source>You asked for this; somebody else confirms it.</source>
        <translation>Anda yang meminta; orang lain yang mengonfirmasi.</translation>
    </message>
    <message>
        <source>This is your own account; two others decide.</source>
        <translation>Ini akun Anda sendiri; dua orang lain yang memutuskan.</translation>
    </message>
    <message>
        <source>Your role does not confirm this.</source>
        <translation>Peran Anda tidak mengonfirmasi ini.</translation>
    </message>
    <message>
        <source>Making a code…</source>
        <translation>Membuat kode…</translation>
    </message>
    <message>
        <source>Ending…</source>
        <translation>Mengakhiri…</translation>
    </message>
    <message>
        <source>Letting them try…</source>
        <translation>Mengizinkan mencoba…</translation>
    </message>
    <message>
        <source>Closing…</source>
        <translation>Menutup…</translation>
    </message>
    <message>
        <source>Asking…</source>
        <translation>Meminta…</translation>
    </message>
    <message>
        <source>Confirming…</source>
        <translation>Mengonfirmasi…</translation>
    </message>
    <message>
        <source>Making keys…</source>
        <translation>Membuat kunci…</translation>
    </message>
    <message>
        <source>Sending…</source>
        <translation>Mengirim…</translation>
    </message>
    <message>
        <source>Working…</source>
        <translation>Mengerjakan…</translation>
    </message>
    <message>
        <source>Your own account is changed by somebody else.</source>
        <translation>Akun Anda sendiri diubah oleh orang lain.</translation>
    </message>
    <message>
        <source>This is the last administrator. Make another one first.</source>
        <translation>Ini administrator terakhir. Buat yang lain dulu.</translation>
    </message>
    <message>
        <source>Nobody else holds one of its classes. Hand it to somebody first.</source>
        <translation>Tidak ada orang lain yang memegang salah satu kelasnya. Serahkan dulu kepada seseorang.</translation>
    </message>
    <message>
        <source>This account is not in use now.</source>
        <translation>Akun ini sedang tidak dipakai.</translation>
    </message>
    <message>
        <source>Nothing was changed.</source>
        <translation>Tidak ada yang diubah.</translation>
    </message>
    <message>
        <source>This account is closed already.</source>
        <translation>Akun ini sudah ditutup.</translation>
    </message>
    <message>
        <source>This person has not come yet; make a new activation code instead.</source>
        <translation>Orang ini belum datang; buat saja kode aktivasi baru.</translation>
    </message>
    <message>
        <source>A reset waits already. Confirm it or take it back.</source>
        <translation>Sudah ada setel ulang yang menunggu. Konfirmasi atau tarik kembali.</translation>
    </message>
    <message>
        <source>There is no second person who could confirm this. Make another administrator first.</source>
        <translation>Tidak ada orang kedua yang bisa mengonfirmasi ini. Buat administrator lain dulu.</translation>
    </message>
    <message>
        <source>This was decided, taken back, or is over.</source>
        <translation>Ini sudah diputuskan, ditarik kembali, atau berakhir.</translation>
    </message>
    <message>
        <source>Your role may not do this.</source>
        <translation>Peran Anda tidak boleh melakukan ini.</translation>
    </message>
    <message>
        <source>An account name has 2 to 32 letters a-z, digits, dots or dashes; a letter comes first.</source>
        <translation>Nama akun terdiri dari 2 sampai 32 huruf a-z, angka, titik, atau tanda hubung; diawali huruf.</translation>
    </message>
    <message>
        <source>A queue name has 2 to 32 letters a-z, digits, dots or dashes; a letter comes first.</source>
        <translation>Nama antrean terdiri dari 2 sampai 32 huruf a-z, angka, titik, atau tanda hubung; diawali huruf.</translation>
    </message>
    <message>
        <source>An agent works in at least one queue.</source>
        <translation>Agen bekerja di sedikitnya satu antrean.</translation>
    </message>
    <message>
        <source>The person has come already. Reset the account instead; that takes a second person.</source>
        <translation>Orangnya sudah pernah masuk. Setel ulang akunnya; untuk itu perlu orang kedua.</translation>
    </message>
    <message>
        <source>There is no such account any more.</source>
        <translation>Akun itu sudah tidak ada.</translation>
    </message>
    <message>
        <source>Somebody else changed accounts just now. Try again.</source>
        <translation>Orang lain baru saja mengubah akun. Coba lagi.</translation>
    </message>
    <message>
        <source>Others hold this class now than when its key was made. Refuse it, and make another.</source>
        <translation>Pemegang kelas ini sudah berganti sejak kuncinya dibuat. Tolak, lalu buat yang lain.</translation>
    </message>
    <message>
        <source>You do not hold this class, so you cannot make its next key.</source>
        <translation>Anda tidak memegang kelas ini, jadi tidak bisa membuat kunci berikutnya.</translation>
    </message>
    <message>
        <source>There is an account of this name already. Choose another name.</source>
        <translation>Sudah ada akun dengan nama ini. Pilih nama lain.</translation>
    </message>
    <message>
        <source>Give the office a name of up to 60 characters.</source>
        <translation>Beri kantor ini nama, paling banyak 60 karakter.</translation>
    </message>
    <message>
        <source>Give the person’s name, up to 80 characters.</source>
        <translation>Isi nama lengkapnya, paling banyak 80 karakter.</translation>
    </message>
    <message>
        <source>Two people set an office up; this account name belongs to the first.</source>
        <translation>Kantor disiapkan dua orang; nama akun ini milik orang pertama.</translation>
    </message>
    <message>
        <source>An office was made here meanwhile. Nothing of this set-up is kept; close and open Tirai.</source>
        <translation>Sementara itu sudah ada kantor di sini. Penyiapan ini tidak disimpan; tutup lalu buka Tirai.</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>Orang</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>Akun</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Peran</translation>
    </message>
    <message>
        <source>Queues</source>
        <translation>Antrean</translation>
    </message>
    <message>
        <source>Last sign-in</source>
        <translation>Masuk terakhir</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Semua</translation>
    </message>
    <message>
        <source>Set on {t}</source>
        <translation>Diatur pada {t}</translation>
    </message>
    <message>
        <source>Console</source>
        <translation>Konsol</translation>
    </message>
    <message>
        <source>Approval at the desk</source>
        <translation>Persetujuan di meja</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Perintah</translation>
    </message>
    <message>
        <source>New authenticator, with a recovery code</source>
        <translation>Autentikator baru, dengan kode pemulihan</translation>
    </message>
    <message>
        <source>Refused: the code was used already</source>
        <translation>Ditolak: kode sudah dipakai</translation>
    </message>
    <message>
        <source>Refused: the clock was off</source>
        <translation>Ditolak: jam meleset</translation>
    </message>
    <message>
        <source>Refused: too many wrong codes before</source>
        <translation>Ditolak: terlalu banyak kode salah sebelumnya</translation>
    </message>
    <message>
        <source>Refused: the log is older than it was</source>
        <translation>Ditolak: log lebih tua dari sebelumnya</translation>
    </message>
    <message>
        <source>Refused: password or code did not fit</source>
        <translation>Ditolak: kata sandi atau kode tidak cocok</translation>
    </message>
    <message>
        <source>{kind}, until {t}</source>
        <translation>{kind}, sampai {t}</translation>
    </message>
    <message>
        <source>this one</source>
        <translation>yang ini</translation>
    </message>
    <message>
        <source>Password or code is not right. Nothing was changed.</source>
        <translation>Kata sandi atau kode tidak tepat. Tidak ada yang diubah.</translation>
    </message>
    <message>
        <source>Your new password counts from now on. The office&apos;s disk is full, so your other sessions were not ended: sign out everywhere, and call IT (A1).</source>
        <translation>Kata sandi baru Anda berlaku mulai sekarang. Disk kantor penuh, sehingga sesi Anda yang lain belum diakhiri: keluarlah di semua tempat, lalu hubungi IT (A1).</translation>
    </message>
    <message>
        <source>This took longer than five minutes. Begin again.</source>
        <translation>Ini lebih dari lima menit. Mulai lagi.</translation>
    </message>
    <message>
        <source>This password is on lists that attackers try first; choose other words.</source>
        <translation>Kata sandi ini ada di daftar yang dicoba penyerang lebih dulu; pilih kata lain.</translation>
    </message>
    <message>
        <source>Names of you, the office or the program make up too much of this; choose other words.</source>
        <translation>Terlalu banyak nama Anda, kantor, atau program di dalamnya; pilih kata lain.</translation>
    </message>
    <message>
        <source>This is not a recovery code. Copy all four groups from your page.</source>
        <translation>Ini bukan kode pemulihan. Salin keempat kelompok dari halaman Anda.</translation>
    </message>
    <message>
        <source>Account, password or recovery code is not right.</source>
        <translation>Akun, kata sandi, atau kode pemulihan tidak tepat.</translation>
    </message>
    <message>
        <source>This took longer than five minutes. Begin again with another recovery code.</source>
        <translation>Ini lebih dari lima menit. Mulai lagi dengan kode pemulihan lain.</translation>
    </message>
    <message>
        <source>Locked at {t}, idle for {n} minutes</source>
        <translation>Terkunci pukul {t}, diam selama {n} menit</translation>
    </message>
    <message>
        <source>Locked at {t}, when this computer&apos;s screen was locked</source>
        <translation>Terkunci pukul {t}, saat layar komputer ini dikunci</translation>
    </message>
    <message>
        <source>Locked at {t}, when another user came to this computer</source>
        <translation>Terkunci pukul {t}, saat pengguna lain memakai komputer ini</translation>
    </message>
    <message>
        <source>Locked at {t}, before this computer slept</source>
        <translation>Terkunci pukul {t}, sebelum komputer ini tidur</translation>
    </message>
    <message>
        <source>Locked at {t}, because the back office stopped</source>
        <translation>Terkunci pukul {t}, karena back office berhenti</translation>
    </message>
    <message>
        <source>Locked at {t}, because this computer&apos;s clock was set back</source>
        <translation>Terkunci pukul {t}, karena jam komputer ini dimundurkan</translation>
    </message>
    <message>
        <source>Locked at {t}, you locked it</source>
        <translation>Terkunci pukul {t}, Anda kunci</translation>
    </message>
    <message>
        <source>Your note is saved before that.</source>
        <translation>Catatan Anda disimpan sebelum itu.</translation>
    </message>
    <message>
        <source>Your note is saved.</source>
        <translation>Catatan Anda tersimpan.</translation>
    </message>
    <message>
        <source>Your note is kept here, sealed for the back office.</source>
        <translation>Catatan Anda dititipkan di sini, tersegel untuk back office.</translation>
    </message>
    <message>
        <source>Granted by {name}</source>
        <translation>Disetujui oleh {name}</translation>
    </message>
    <message>
        <source>Refused by {name}</source>
        <translation>Ditolak oleh {name}</translation>
    </message>
    <message>
        <source>Closed again after a grant by {name}</source>
        <translation>Ditutup lagi setelah disetujui oleh {name}</translation>
    </message>
    <message>
        <source>{name} asked back</source>
        <translation>{name} bertanya balik</translation>
    </message>
    <message>
        <source>Withdrawn</source>
        <translation>Dibatalkan</translation>
    </message>
    <message>
        <source>Expired</source>
        <translation>Kedaluwarsa</translation>
    </message>
    <message>
        <source>Waits</source>
        <translation>Menunggu</translation>
    </message>
    <message>
        <source>Granted by you</source>
        <translation>Anda setujui</translation>
    </message>
    <message>
        <source>Refused by you</source>
        <translation>Anda tolak</translation>
    </message>
    <message>
        <source>Closed again after a grant by you</source>
        <translation>Ditutup lagi setelah Anda setujui</translation>
    </message>
    <message>
        <source>You asked back</source>
        <translation>Anda bertanya balik</translation>
    </message>
    <message>
        <source>The agent took this request back.</source>
        <translation>Agen membatalkan permintaan ini.</translation>
    </message>
    <message>
        <source>This request is over; the agent has left.</source>
        <translation>Permintaan ini berakhir; agen sudah keluar.</translation>
    </message>
    <message>
        <source>You decided this.</source>
        <translation>Anda sudah memutuskan ini.</translation>
    </message>
    <message>
        <source>{name} decided this {n} s ago.</source>
        <translation>{name} sudah memutuskan {n} dtk lalu.</translation>
    </message>
    <message>
        <source>{name} asked back {n} s ago.</source>
        <translation>{name} bertanya balik {n} dtk lalu.</translation>
    </message>
    <message>
        <source>Somebody else has changed this meanwhile. It is shown as it is now.</source>
        <translation>Orang lain sudah mengubahnya. Yang tampak adalah keadaan sekarang.</translation>
    </message>
    <message>
        <source>You do not see this person’s exposures.</source>
        <translation>Anda tidak melihat paparan orang ini.</translation>
    </message>
    <message>
        <source>This value is outside what the rule allows.</source>
        <translation>Nilai ini di luar batas aturan.</translation>
    </message>
    <message>
        <source>This flag is about you. Somebody else acknowledges it.</source>
        <translation>Tanda ini tentang Anda. Orang lain yang menanggapinya.</translation>
    </message>
    <message>
        <source>Write one line, of 300 characters at most, without numbers of customers.</source>
        <translation>Tulis satu baris, paling banyak 300 karakter, tanpa nomor pelanggan.</translation>
    </message>
    <message>
        <source>many views in a short time</source>
        <translation>banyak dibuka dalam waktu singkat</translation>
    </message>
    <message>
        <source>views outside the hours of work</source>
        <translation>dibuka di luar jam kerja</translation>
    </message>
    <message>
        <source>same customer again</source>
        <translation>pelanggan yang sama lagi</translation>
    </message>
    <message>
        <source>views without a call</source>
        <translation>dibuka tanpa telepon</translation>
    </message>
    <message>
        <source>many refusals</source>
        <translation>banyak penolakan</translation>
    </message>
    <message>
        <source>exposures of one person within an hour</source>
        <translation>paparan satu orang dalam satu jam</translation>
    </message>
    <message>
        <source>exposures of one person outside the hours of work, in a day</source>
        <translation>paparan satu orang di luar jam kerja, dalam sehari</translation>
    </message>
    <message>
        <source>occasions at one customer within seven days; one person on one day is one</source>
        <translation>kejadian pada satu pelanggan dalam tujuh hari; satu orang di satu hari dihitung satu</translation>
    </message>
    <message>
        <source>exposures of one person without an identity check, for reasons that take a caller, in a day</source>
        <translation>paparan satu orang tanpa cek identitas, untuk alasan yang butuh penelepon, dalam sehari</translation>
    </message>
    <message>
        <source>refusals of one person in a day</source>
        <translation>penolakan untuk satu orang dalam sehari</translation>
    </message>
    <message>
        <source>the rule fires at {n}</source>
        <translation>ambangnya {n}</translation>
    </message>
    <message>
        <source>usual is {a} to {b}</source>
        <translation>biasanya {a} sampai {b}</translation>
    </message>
    <message>
        <source>usual is {a}</source>
        <translation>biasanya {a}</translation>
    </message>
    <message>
        <source>{a} of {b} had no call.</source>
        <translation>{a} dari {b} tanpa telepon.</translation>
    </message>
    <message>
        <source>{n} occasions by {people} people on {days} days</source>
        <translation>{n} kejadian oleh {people} orang pada {days} hari</translation>
    </message>
    <message>
        <source>{count} {day} between {a} and {b}</source>
        <translation>{count} {day} antara {a} dan {b}</translation>
    </message>
    <message>
        <source>{count} outside the hours of work {day}</source>
        <translation>{count} di luar jam kerja {day}</translation>
    </message>
    <message>
        <source>{count} without an identity check {day}</source>
        <translation>{count} tanpa cek identitas {day}</translation>
    </message>
    <message>
        <source>{n} refusals {day}</source>
        <translation>{n} penolakan {day}</translation>
    </message>
    <message>
        <source>{n} refusal {day}</source>
        <translation>{n} penolakan {day}</translation>
    </message>
    <message>
        <source>yesterday</source>
        <translation>kemarin</translation>
    </message>
    <message>
        <source>today</source>
        <translation>hari ini</translation>
    </message>
    <message>
        <source>Type a day like 12/3, and behind it a time like 10:00 if one was agreed.</source>
        <translation>Ketik tanggal seperti 12/3, lalu jam seperti 10.00 jika disepakati.</translation>
    </message>
    <message>
        <source>This time is over. Choose one to come.</source>
        <translation>Waktu ini sudah lewat. Pilih yang akan datang.</translation>
    </message>
    <message>
        <source>This is more than a year away. Choose an earlier day.</source>
        <translation>Ini lebih dari setahun lagi. Pilih tanggal yang lebih awal.</translation>
    </message>
    <message>
        <source>on {day}</source>
        <translation>pada {day}</translation>
    </message>
    <message>
        <source>Acknowledged</source>
        <translation>Ditanggapi</translation>
    </message>
    <message>
        <source>More since</source>
        <translation>Bertambah</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Baru</translation>
    </message>
    <message>
        <source>Since {day}</source>
        <translation>Sejak {day}</translation>
    </message>
    <message>
        <source>{name}, {day} {t}: {comment}</source>
        <translation>{name}, {day} {t}: {comment}</translation>
    </message>
    <message>
        <source>{name}, {day} {t}; the comment was erased</source>
        <translation>{name}, {day} {t}; komentarnya dihapus</translation>
    </message>
    <message>
        <source>All that is kept</source>
        <translation>Semua yang disimpan</translation>
    </message>
    <message>
        <source>Last 12 months</source>
        <translation>12 bulan terakhir</translation>
    </message>
    <message>
        <source>Chosen days</source>
        <translation>Tanggal pilihan</translation>
    </message>
    <message>
        <source>Save the document</source>
        <translation>Simpan dokumen</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Folder</translation>
    </message>
    <message>
        <source>File name</source>
        <translation>Nama berkas</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Jenis</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Simpan</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Batal</translation>
    </message>
    <message>
        <source>from {old} to {new}</source>
        <translation>dari {old} menjadi {new}</translation>
    </message>
    <message>
        <source>Keep as typed: {what}</source>
        <translation>Simpan seperti diketik: {what}</translation>
    </message>
    <message>
        <source>It stays readable in the note, and that it does is written down with your name and the reason.</source>
        <translation>Tetap terbaca di catatan, dan itu dicatat atas nama Anda beserta alasannya.</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Simpan</translation>
    </message>
    <message>
        <source>Used last</source>
        <translation>Terakhir dipakai</translation>
    </message>
    <message>
        <source>This customer</source>
        <translation>Pelanggan ini</translation>
    </message>
    <message>
        <source>This screen</source>
        <translation>Layar ini</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>Di mana saja</translation>
    </message>
    <message>
        <source>cannot be used now</source>
        <translation>tidak bisa dipakai sekarang</translation>
    </message>
    <message>
        <source>No call is on.</source>
        <translation>Tidak ada panggilan.</translation>
    </message>
    <message>
        <source>No call waits.</source>
        <translation>Tidak ada panggilan yang menunggu.</translation>
    </message>
    <message>
        <source>Your role makes no contacts.</source>
        <translation>Peran Anda tidak membuat kontak.</translation>
    </message>
    <message>
        <source>Open a customer first.</source>
        <translation>Buka pelanggan dulu.</translation>
    </message>
    <message>
        <source>Nothing of this customer is compared here.</source>
        <translation>Tidak ada data pelanggan ini yang dicocokkan di sini.</translation>
    </message>
    <message>
        <source>There is nothing to undo.</source>
        <translation>Tidak ada yang bisa diurungkan.</translation>
    </message>
    <message>
        <source>There is nothing to redo.</source>
        <translation>Tidak ada yang bisa diulangi.</translation>
    </message>
    <message>
        <source>Nothing here waits to be sent or approved.</source>
        <translation>Tidak ada yang menunggu dikirim atau disetujui di sini.</translation>
    </message>
    <message>
        <source>First open {name}, or the page Compliance of the privacy desk.</source>
        <translation>Buka dulu {name}, atau halaman Kepatuhan di meja privasi.</translation>
    </message>
    <message>
        <source>First open {name} ({key}).</source>
        <translation>Buka {name} dulu ({key}).</translation>
    </message>
    <message>
        <source>First open {name}.</source>
        <translation>Buka {name} dulu.</translation>
    </message>
    <message>
        <source>No notice was closed.</source>
        <translation>Tidak ada pemberitahuan yang ditutup.</translation>
    </message>
    <message>
        <source>Switch single-letter keys off</source>
        <translation>Matikan tombol satu huruf</translation>
    </message>
    <message>
        <source>Switch single-letter keys on</source>
        <translation>Nyalakan tombol satu huruf</translation>
    </message>
    <message>
        <source>Go to a row of the card first.</source>
        <translation>Pilih satu baris kartu dulu.</translation>
    </message>
    <message>
        <source>Verify: {field}</source>
        <translation>Cek: {field}</translation>
    </message>
    <message>
        <source>Use without showing</source>
        <translation>Pakai tanpa menampilkan</translation>
    </message>
    <message>
        <source>Change: {field}</source>
        <translation>Ubah: {field}</translation>
    </message>
    <message>
        <source>Who changed it: {field}</source>
        <translation>Siapa yang mengubah: {field}</translation>
    </message>
    <message>
        <source>Copy: {field}</source>
        <translation>Salin: {field}</translation>
    </message>
    <message>
        <source>Why is this masked: {field}</source>
        <translation>Mengapa ini disamarkan: {field}</translation>
    </message>
    <message>
        <source>Reveal: {field}</source>
        <translation>Buka: {field}</translation>
    </message>
    <message>
        <source>Ask for: {field}</source>
        <translation>Minta: {field}</translation>
    </message>
    <message>
        <source>Withdraw the request: {field}</source>
        <translation>Batalkan permintaan: {field}</translation>
    </message>
    <message>
        <source>Open: {field}</source>
        <translation>Buka: {field}</translation>
    </message>
    <message>
        <source>Close: {field}</source>
        <translation>Tutup: {field}</translation>
    </message>
    <message>
        <source>Stop: {field}</source>
        <translation>Hentikan: {field}</translation>
    </message>
    <message>
        <source>To the lesson that opens it: {field}</source>
        <translation>Ke pelajaran yang membukanya: {field}</translation>
    </message>
    <message>
        <source>Contact data: how the customer is reached.</source>
        <translation>Data kontak: cara menghubungi pelanggan.</translation>
    </message>
    <message>
        <source>Identity data: it proves who somebody is, and opens accounts elsewhere.</source>
        <translation>Data identitas: membuktikan siapa seseorang, dan bisa membuka akun di tempat lain.</translation>
    </message>
    <message>
        <source>Financial data: money can be taken with it.</source>
        <translation>Data keuangan: uang bisa diambil dengannya.</translation>
    </message>
    <message>
        <source>Specific data under UU PDP: health and the like, which harms most when it leaks.</source>
        <translation>Data spesifik menurut UU PDP: kesehatan dan sejenisnya, yang paling merugikan bila bocor.</translation>
    </message>
    <message>
        <source>Words about the customer: they may hold anything.</source>
        <translation>Tulisan tentang pelanggan: isinya bisa apa saja.</translation>
    </message>
    <message>
        <source>Only the mask is on this workstation; the value comes from the back office when it is opened.</source>
        <translation>Hanya samarannya ada di komputer ini; nilainya datang dari back office saat dibuka.</translation>
    </message>
    <message>
        <source>{roles}: open it, with a reason.</source>
        <translation>{roles}: membukanya, dengan alasan.</translation>
    </message>
    <message>
        <source>{roles}: ask for it. Who decides: {deciders}.</source>
        <translation>{roles}: memintanya. Yang memutuskan: {deciders}.</translation>
    </message>
    <message>
        <source>Nobody opens it in Tirai.</source>
        <translation>Tidak ada yang membukanya di Tirai.</translation>
    </message>
    <message>
        <source>Press {reveal} and choose a reason. It opens for {n} seconds and is written down with your name.</source>
        <translation>Tekan {reveal} dan pilih alasan. Terbuka {n} detik dan dicatat atas nama Anda.</translation>
    </message>
    <message>
        <source>Press {ask} and say why. Whoever decides opens it for you, once.</source>
        <translation>Tekan {ask} dan sebutkan alasannya. Yang memutuskan membukakannya untuk Anda, sekali.</translation>
    </message>
    <message>
        <source>If the customer’s matter needs it, ask a privacy officer.</source>
        <translation>Bila urusan pelanggan memerlukannya, hubungi petugas privasi.</translation>
    </message>
    <message>
        <source>Wait until a supervisor has handed you the key of this class; it takes them a minute.</source>
        <translation>Tunggu sampai supervisor menyerahkan kunci kelas ini; hanya perlu satu menit.</translation>
    </message>
    <message>
        <source>Take the lesson for this class; then it opens. {learn} leads there.</source>
        <translation>Ambil pelajaran untuk kelas ini, lalu terbuka. {learn} membawa ke sana.</translation>
    </message>
    <message>
        <source>Read and accept the rules of conduct; then it opens. {learn} leads there.</source>
        <translation>Baca dan terima tata tertib, lalu terbuka. {learn} membawa ke sana.</translation>
    </message>
    <message>
        <source>Your reveals of this shift are used. Press {ask}, or go on with the mask.</source>
        <translation>Jatah buka Anda di giliran ini habis. Tekan {ask}, atau lanjutkan dengan samaran.</translation>
    </message>
    <message>
        <source>Wait a little, or press {ask}.</source>
        <translation>Tunggu sebentar, atau tekan {ask}.</translation>
    </message>
    <message>
        <source>Outside your hours of work: press {ask}.</source>
        <translation>Di luar jam kerja Anda: tekan {ask}.</translation>
    </message>
    <message>
        <source>First let the caller say it: {verify} compares, and nothing is shown. That is usually enough.</source>
        <translation>Minta penelepon menyebutkannya dulu: {verify} mencocokkan, dan tidak ada yang ditampilkan. Biasanya itu cukup.</translation>
    </message>
    <message>
        <source>It asks for a fresh code from your authenticator.</source>
        <translation>Diminta kode baru dari aplikasi autentikator Anda.</translation>
    </message>
    <message>
        <source>the customer’s consent</source>
        <translation>persetujuan pelanggan</translation>
    </message>
    <message>
        <source>the contract with the customer</source>
        <translation>perjanjian dengan pelanggan</translation>
    </message>
    <message>
        <source>a duty by law</source>
        <translation>kewajiban hukum</translation>
    </message>
    <message>
        <source>somebody’s life or health</source>
        <translation>keselamatan atau kesehatan seseorang</translation>
    </message>
    <message>
        <source>a public task</source>
        <translation>tugas untuk kepentingan umum</translation>
    </message>
    <message>
        <source>a legitimate interest</source>
        <translation>kepentingan yang sah</translation>
    </message>
    <message>
        <source>Ground: {basis}. Kept for {n} months after it was given.</source>
        <translation>Dasar: {basis}. Disimpan {n} bulan setelah diberikan.</translation>
    </message>
    <message>
        <source>Ground: {basis}. Kept for {n} months after the last contact.</source>
        <translation>Dasar: {basis}. Disimpan {n} bulan setelah kontak terakhir.</translation>
    </message>
    <message>
        <source>Ground: {basis}. Kept for {n} months after the contract ends.</source>
        <translation>Dasar: {basis}. Disimpan {n} bulan setelah perjanjian berakhir.</translation>
    </message>
    <message>
        <source>Lock ({key})</source>
        <translation>Kunci ({key})</translation>
    </message>
    <message>
        <source>The screen is covered at once and this program ends, so that nothing stays in memory. Your note, the open customer and the search come back with your password. It also happens by itself after {t} unused.</source>
        <translation>Layar langsung ditutup dan program ini berakhir, sehingga tidak ada yang tertinggal di memori. Catatan, pelanggan yang terbuka, dan pencarian kembali dengan kata sandi Anda. Ini juga terjadi sendiri setelah {t} tidak dipakai.</translation>
    </message>
    <message>
        <source>Sign out ({key})</source>
        <translation>Keluar ({key})</translation>
    </message>
    <message>
        <source>Your note is saved first. Then the session ends at the back office, and a receipt tells what was wiped here. It also happens by itself after {t} unused.</source>
        <translation>Catatan Anda disimpan dulu. Lalu sesi berakhir di back office, dan sebuah tanda terima menyebutkan apa yang dihapus di sini. Ini juga terjadi sendiri setelah {t} tidak dipakai.</translation>
    </message>
    <message>
        <source>The wipe</source>
        <translation>Penghapusan</translation>
    </message>
    <message>
        <source>The key of the local copy leaves the keyring, so the copy cannot be read any more; then the copy, the clipboard and the memory go. It happens after a crash, too, and when the power fails.</source>
        <translation>Kunci salinan lokal dikeluarkan dari keyring, sehingga salinan tidak bisa dibaca lagi; lalu salinan, papan klip, dan memori dihapus. Ini juga terjadi setelah program macet atau listrik padam.</translation>
    </message>
    <message>
        <source>call back {t}</source>
        <translation>telepon balik {t}</translation>
    </message>
    <message>
        <source>not finished</source>
        <translation>belum selesai</translation>
    </message>
    <message>
        <source>call, {when}</source>
        <translation>telepon, {when}</translation>
    </message>
    <message>
        <source>colleague, {when}</source>
        <translation>rekan, {when}</translation>
    </message>
    <message>
        <source>Type the new value.</source>
        <translation>Ketik nilai baru.</translation>
    </message>
    <message>
        <source>This field may not be empty.</source>
        <translation>Kolom ini tidak boleh kosong.</translation>
    </message>
    <message>
        <source>This is no phone number yet. Write it with its country, or as it is dialled here.</source>
        <translation>Ini belum nomor telepon. Tulis dengan kode negara, atau seperti ditelepon di sini.</translation>
    </message>
    <message>
        <source>This is no e-mail address yet.</source>
        <translation>Ini belum alamat surel.</translation>
    </message>
    <message>
        <source>This field has only digits.</source>
        <translation>Kolom ini hanya berisi angka.</translation>
    </message>
    <message>
        <source>This field has only letters and digits.</source>
        <translation>Kolom ini hanya berisi huruf dan angka.</translation>
    </message>
    <message>
        <source>The number of digits does not fit this field.</source>
        <translation>Jumlah angkanya tidak cocok untuk kolom ini.</translation>
    </message>
    <message>
        <source>The place or birth date inside this number does not exist.</source>
        <translation>Tempat atau tanggal lahir di dalam nomor ini tidak ada.</translation>
    </message>
    <message>
        <source>The check digit does not fit. Compare it digit by digit.</source>
        <translation>Angka pemeriksanya tidak cocok. Bandingkan angka demi angka.</translation>
    </message>
    <message>
        <source>This is no date yet. Write 28/03/1987.</source>
        <translation>Ini belum tanggal. Tulis 28/03/1987.</translation>
    </message>
    <message>
        <source>There is no such date.</source>
        <translation>Tanggal itu tidak ada.</translation>
    </message>
    <message>
        <source>This is no amount yet. Write 412.500.</source>
        <translation>Ini belum jumlah uang. Tulis 412.500.</translation>
    </message>
    <message>
        <source>This is longer than the field may be.</source>
        <translation>Ini lebih panjang dari yang boleh untuk kolom ini.</translation>
    </message>
    <message>
        <source>There is a sign in it that cannot be kept. Type it anew.</source>
        <translation>Ada tanda yang tidak dapat disimpan. Ketik ulang.</translation>
    </message>
    <message>
        <source>There is a hidden sign in it. Type it anew.</source>
        <translation>Ada tanda tersembunyi di dalamnya. Ketik ulang.</translation>
    </message>
    <message>
        <source>A card number or card code stays in no field of words.</source>
        <translation>Nomor kartu atau kode kartu tidak disimpan di kolom tulisan mana pun.</translation>
    </message>
    <message>
        <source>A spreadsheet has rounded this number. Type it digit by digit.</source>
        <translation>Lembar kerja telah membulatkan nomor ini. Ketik angka demi angka.</translation>
    </message>
    <message>
        <source>This cannot be a value of this field.</source>
        <translation>Ini tidak bisa menjadi nilai kolom ini.</translation>
    </message>
    <message>
        <source>That was fast. Wait {n} s, then save; what you typed stays here.</source>
        <translation>Terlalu cepat. Tunggu {n} dtk, lalu simpan; yang Anda ketik tetap di sini.</translation>
    </message>
    <message>
        <source>All changes of this shift are used. It goes on at {t}; till then a supervisor changes it.</source>
        <translation>Semua perubahan di giliran ini habis. Lanjut pukul {t}; sampai saat itu supervisor yang mengubahnya.</translation>
    </message>
    <message>
        <source>{field}, customer {number}</source>
        <translation>{field}, pelanggan {number}</translation>
    </message>
    <message>
        <source>may be opened now</source>
        <translation>boleh dibuka sekarang</translation>
    </message>
    <message>
        <source>refused, {reason}</source>
        <translation>ditolak, {reason}</translation>
    </message>
    <message>
        <source>no reason given</source>
        <translation>tanpa alasan</translation>
    </message>
    <message>
        <source>closed by {name}</source>
        <translation>ditutup oleh {name}</translation>
    </message>
    <message>
        <source>{name} asks: {question}</source>
        <translation>{name} bertanya: {question}</translation>
    </message>
    <message>
        <source>the request is over</source>
        <translation>permintaan berakhir</translation>
    </message>
    <message>
        <source>That was fast. Wait a minute, then look up the next one.</source>
        <translation>Terlalu cepat. Tunggu semenit, lalu cari yang berikutnya.</translation>
    </message>
    <message>
        <source>All lookups of this shift are used. A supervisor can help.</source>
        <translation>Semua pencarian di giliran ini sudah terpakai. Supervisor dapat membantu.</translation>
    </message>
    <message>
        <source>Customers are still being fetched. Try again in a moment.</source>
        <translation>Data pelanggan masih diambil. Coba lagi sebentar.</translation>
    </message>
    <message>
        <source>Not for 30 days</source>
        <translation>Tidak dalam 30 hari</translation>
    </message>
    <message>
        <source>Not for 90 days</source>
        <translation>Tidak dalam 90 hari</translation>
    </message>
    <message>
        <source>Not given</source>
        <translation>Tidak diisi</translation>
    </message>
    <message>
        <source>{n} chosen</source>
        <translation>{n} dipilih</translation>
    </message>
    <message>
        <source>A request waits for a decision: {field}, customer {number}</source>
        <translation>Sebuah permintaan menunggu keputusan: {field}, pelanggan {number}</translation>
    </message>
    <message>
        <source>{n} new requests wait for a decision; the oldest: {field}, customer {number}</source>
        <translation>{n} permintaan baru menunggu keputusan; yang paling lama: {field}, pelanggan {number}</translation>
    </message>
    <message>
        <source>Revoked</source>
        <translation>Dicabut</translation>
    </message>
    <message>
        <source>Seen twice</source>
        <translation>Terlihat ganda</translation>
    </message>
    <message>
        <source>Nobody there</source>
        <translation>Tidak ada orang</translation>
    </message>
    <message>
        <source>{n} sessions</source>
        <translation>{n} sesi</translation>
    </message>
    <message>
        <source>{n} session</source>
        <translation>{n} sesi</translation>
    </message>
    <message>
        <source>Wipe ordered</source>
        <translation>Hapus diperintahkan</translation>
    </message>
    <message>
        <source>Wipe confirmed</source>
        <translation>Hapus terbukti</translation>
    </message>
    <message>
        <source>Wipe unconfirmed</source>
        <translation>Hapus belum terbukti</translation>
    </message>
    <message>
        <source>Confirmed at {t}: files {files}, keyring entries {entries}.</source>
        <translation>Terbukti pada {t}: {files} berkas, {entries} entri keyring.</translation>
    </message>
    <message>
        <source>Receipts: {n} of {all}.</source>
        <translation>Tanda terima: {n} dari {all}.</translation>
    </message>
    <message>
        <source>It is on its way.</source>
        <translation>Perintahnya sedang dikirim.</translation>
    </message>
    <message>
        <source>Without a signed receipt nobody can say that it is gone.</source>
        <translation>Tanpa tanda terima yang ditandatangani, tidak ada yang bisa memastikan datanya hilang.</translation>
    </message>
    <message>
        <source>Lost</source>
        <translation>Hilang</translation>
    </message>
    <message>
        <source>Somebody leaves</source>
        <translation>Ada yang keluar</translation>
    </message>
    <message>
        <source>Suspicion</source>
        <translation>Kecurigaan</translation>
    </message>
    <message>
        <source>Drill</source>
        <translation>Latihan</translation>
    </message>
    <message>
        <source>Never told</source>
        <translation>Belum ada kabar</translation>
    </message>
    <message>
        <source>All as it should be, {t}</source>
        <translation>Semua sebagaimana mestinya, {t}</translation>
    </message>
    <message>
        <source>{parts} not as it should be, {t}</source>
        <translation>{parts} tidak sebagaimana mestinya, {t}</translation>
    </message>
    <message>
        <source>{n} missing</source>
        <translation>{n} kurang</translation>
    </message>
    <message>
        <source>{n} unknown</source>
        <translation>{n} tidak diketahui</translation>
    </message>
    <message>
        <source>No</source>
        <translation>Tidak</translation>
    </message>
    <message>
        <source>Since {t}; the office stands on it</source>
        <translation>Sejak {t}; kantor ada di komputer ini</translation>
    </message>
    <message>
        <source>Since {t}, as {name}</source>
        <translation>Sejak {t}, sebagai {name}</translation>
    </message>
    <message>
        <source>Only known workstations sign in. Not known here: {n}.</source>
        <translation>Hanya komputer yang dikenal dapat masuk. Belum dikenal: {n}.</translation>
    </message>
    <message>
        <source>Every workstation may sign in. Not known: {n}.</source>
        <translation>Semua komputer dapat masuk. Belum dikenal: {n}.</translation>
    </message>
    <message>
        <source>{n} code waits to be used: {names}</source>
        <translation>{n} kode menunggu dipakai: {names}</translation>
    </message>
    <message>
        <source>{n} codes wait to be used: {names}</source>
        <translation>{n} kode menunggu dipakai: {names}</translation>
    </message>
    <message>
        <source>Out of time</source>
        <translation>Habis waktu</translation>
    </message>
    <message>
        <source>Until {t}; by {name}</source>
        <translation>Sampai {t}; oleh {name}</translation>
    </message>
    <message>
        <source>Ended {t}; by {name}</source>
        <translation>Berakhir {t}; oleh {name}</translation>
    </message>
    <message>
        <source>{n} day</source>
        <translation>{n} hari</translation>
    </message>
    <message>
        <source>{n} days</source>
        <translation>{n} hari</translation>
    </message>
    <message>
        <source>And {n} more; tirai seat list shows all.</source>
        <translation>Dan {n} lagi; tirai seat list menampilkan semuanya.</translation>
    </message>
    <message>
        <source>Version {n}, not the one in force</source>
        <translation>Versi {n}, bukan yang berlaku</translation>
    </message>
    <message>
        <source>Nothing set</source>
        <translation>Tidak ada yang diatur</translation>
    </message>
    <message>
        <source>Ordered for {n} workstations. Sessions there have ended; receipts follow.</source>
        <translation>Diperintahkan untuk {n} komputer. Sesi di sana sudah berakhir; tanda terima menyusul.</translation>
    </message>
    <message>
        <source>Ordered. Sessions there have ended; the receipt follows.</source>
        <translation>Diperintahkan. Sesi di sana sudah berakhir; tanda terima menyusul.</translation>
    </message>
    <message>
        <source>Ordering…</source>
        <translation>Memerintahkan…</translation>
    </message>
    <message>
        <source>Making the code…</source>
        <translation>Membuat kode…</translation>
    </message>
    <message>
        <source>Revoking…</source>
        <translation>Mencabut…</translation>
    </message>
    <message>
        <source>Allowing…</source>
        <translation>Mengizinkan…</translation>
    </message>
    <message>
        <source>There is no such workstation any more.</source>
        <translation>Komputer ini sudah tidak ada.</translation>
    </message>
    <message>
        <source>No session has left anything there. There is nothing to wipe.</source>
        <translation>Tidak ada sesi yang meninggalkan apa pun di sana. Tidak ada yang perlu dihapus.</translation>
    </message>
    <message>
        <source>You sit at this workstation; revoke it from another one.</source>
        <translation>Anda duduk di komputer ini; cabut dari komputer lain.</translation>
    </message>
    <message>
        <source>This workstation is revoked already.</source>
        <translation>Komputer ini sudah dicabut.</translation>
    </message>
    <message>
        <source>A name has 1 to 32 letters, digits, dots, dashes and underscores.</source>
        <translation>Nama terdiri atas 1 sampai 32 huruf, angka, titik, tanda hubung, dan garis bawah.</translation>
    </message>
    <message>
        <source>This office stands on its workstation and knows it; codes are for those of a gateway.</source>
        <translation>Kantor ini berada di komputernya sendiri dan mengenalnya; kode hanya untuk komputer di belakang gateway.</translation>
    </message>
    <message>
        <source>Too many codes wait to be used; let some of them end first.</source>
        <translation>Terlalu banyak kode menunggu dipakai; biarkan sebagian berakhir dahulu.</translation>
    </message>
    <message>
        <source>This code was used or taken back already.</source>
        <translation>Kode ini sudah dipakai atau sudah ditarik kembali.</translation>
    </message>
    <message>
        <source>This workstation is not revoked.</source>
        <translation>Komputer ini tidak dicabut.</translation>
    </message>
    <message>
        <source>Who is there</source>
        <translation>Siapa di sana</translation>
    </message>
    <message>
        <source>Last seen</source>
        <translation>Terlihat</translation>
    </message>
    <message>
        <source>Known</source>
        <translation>Dikenal</translation>
    </message>
    <message>
        <source>Tirai’s own files</source>
        <translation>Berkas Tirai sendiri</translation>
    </message>
    <message>
        <source>Protection of memory</source>
        <translation>Pelindungan memori</translation>
    </message>
    <message>
        <source>Foreign code</source>
        <translation>Kode asing</translation>
    </message>
    <message>
        <source>Windows without a display</source>
        <translation>Jendela tanpa layar</translation>
    </message>
    <message>
        <source>Windows on X11</source>
        <translation>Jendela di X11</translation>
    </message>
    <message>
        <source>Windows on Wayland</source>
        <translation>Jendela di Wayland</translation>
    </message>
    <message>
        <source>Data of the program</source>
        <translation>Data program</translation>
    </message>
    <message>
        <source>Tables of numbers</source>
        <translation>Tabel nomor</translation>
    </message>
    <message>
        <source>Encrypted files</source>
        <translation>Berkas terenkripsi</translation>
    </message>
    <message>
        <source>Sealed boxes</source>
        <translation>Kotak tersegel</translation>
    </message>
    <message>
        <source>Keyring</source>
        <translation>Keyring</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>Dokumen</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Versi</translation>
    </message>
    <message>
        <source>Policy of the machine</source>
        <translation>Kebijakan mesin</translation>
    </message>
    <message>
        <source>Swap</source>
        <translation>Swap</translation>
    </message>
    <message>
        <source>Screenshots</source>
        <translation>Tangkapan layar</translation>
    </message>
    <message>
        <source>Locks of the system</source>
        <translation>Kunci sistem</translation>
    </message>
    <message>
        <source>Crash reports</source>
        <translation>Laporan kerusakan</translation>
    </message>
    <message>
        <source>Lease</source>
        <translation>Masa sewa</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>Jam</translation>
    </message>
    <message>
        <source>Back office</source>
        <translation>Back office</translation>
    </message>
    <message>
        <source>Way to the back office</source>
        <translation>Jalan ke back office</translation>
    </message>
    <message>
        <source>{n} part as it should be</source>
        <translation>{n} bagian sudah semestinya</translation>
    </message>
    <message>
        <source>{n} parts as they should be</source>
        <translation>{n} bagian sudah semestinya</translation>
    </message>
    <message>
        <source>not as it should be</source>
        <translation>belum semestinya</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>tidak diketahui</translation>
    </message>
    <message>
        <source>Protection</source>
        <translation>Pelindungan</translation>
    </message>
    <message>
        <source>{name}, {n} waiting, {m} due within a day or overdue</source>
        <translation>{name}, {n} menunggu, {m} jatuh tempo dalam sehari atau terlambat</translation>
    </message>
    <message>
        <source>{name}, {n} waiting</source>
        <translation>{name}, {n} menunggu</translation>
    </message>
    <message>
        <source>Notices</source>
        <translation>Pemberitahuan</translation>
    </message>
    <message>
        <source>Processing record</source>
        <translation>Catatan pemrosesan</translation>
    </message>
    <message>
        <source>Retention</source>
        <translation>Retensi</translation>
    </message>
    <message>
        <source>Legal holds</source>
        <translation>Penahanan hukum</translation>
    </message>
    <message>
        <source>Erasure</source>
        <translation>Penghapusan</translation>
    </message>
    <message>
        <source>Letting back in</source>
        <translation>Masuk kembali</translation>
    </message>
    <message>
        <source>Analytics exports</source>
        <translation>Ekspor analitik</translation>
    </message>
    <message>
        <source>Training report</source>
        <translation>Laporan pelatihan</translation>
    </message>
    <message>
        <source>Compliance</source>
        <translation>Kepatuhan</translation>
    </message>
    <message>
        <source>Disk encryption</source>
        <translation>Enkripsi disk</translation>
    </message>
    <message>
        <source>Firewall</source>
        <translation>Firewall</translation>
    </message>
    <message>
        <source>Malware scanner</source>
        <translation>Pemindai malware</translation>
    </message>
    <message>
        <source>Screen lock</source>
        <translation>Kunci layar</translation>
    </message>
    <message>
        <source>System updates</source>
        <translation>Pembaruan sistem</translation>
    </message>
    <message>
        <source>As it should be</source>
        <translation>Sudah semestinya</translation>
    </message>
    <message>
        <source>Not as it should be</source>
        <translation>Belum semestinya</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>Tidak diketahui</translation>
    </message>
    <message>
        <source>required by your office</source>
        <translation>diwajibkan kantor Anda</translation>
    </message>
    <message>
        <source>advised by your office</source>
        <translation>disarankan kantor Anda</translation>
    </message>
    <message>
        <source>Nobody could tell from here. IT can look.</source>
        <translation>Tidak bisa dipastikan dari sini. IT dapat memeriksanya.</translation>
    </message>
    <message>
        <source>Only IT can encrypt a disk. Until then store nothing of customers outside Tirai.</source>
        <translation>Hanya IT yang dapat mengenkripsi disk. Sampai saat itu jangan simpan apa pun tentang pelanggan di luar Tirai.</translation>
    </message>
    <message>
        <source>Ask IT to switch the firewall on.</source>
        <translation>Minta IT menyalakan firewall.</translation>
    </message>
    <message>
        <source>Ask IT for a malware scanner, or to look after the one that is there.</source>
        <translation>Minta IT memasang pemindai malware, atau mengurus yang sudah ada.</translation>
    </message>
    <message>
        <source>In the system’s settings let the screen lock by itself within 15 minutes.</source>
        <translation>Di pengaturan sistem, atur agar layar terkunci sendiri dalam 15 menit.</translation>
    </message>
    <message>
        <source>Install the system’s updates, or restart if it asks for that; else ask IT.</source>
        <translation>Pasang pembaruan sistem, atau mulai ulang bila diminta; jika tidak bisa, tanyakan IT.</translation>
    </message>
    <message>
        <source>Required: values stay shut at this workstation.</source>
        <translation>Wajib: nilai tetap tertutup di komputer ini.</translation>
    </message>
    <message>
        <source>{raw}, told {t}</source>
        <translation>{raw}, dilaporkan {t}</translation>
    </message>
    <message>
        <source>So since {t}</source>
        <translation>Begini sejak {t}</translation>
    </message>
    <message>
        <source>Agreed</source>
        <translation>Setuju</translation>
    </message>
    <message>
        <source>As the import says</source>
        <translation>Menurut impor</translation>
    </message>
    <message>
        <source>No consent</source>
        <translation>Belum ada persetujuan</translation>
    </message>
    <message>
        <source>Consent withdrawn</source>
        <translation>Persetujuan ditarik</translation>
    </message>
    <message>
        <source>Restricted</source>
        <translation>Dibatasi</translation>
    </message>
    <message>
        <source>Objected</source>
        <translation>Keberatan</translation>
    </message>
    <message>
        <source>There is no receipt here. Whoever imported the data answers for it.</source>
        <translation>Tidak ada tanda terima di sini. Pengimpor data bertanggung jawab.</translation>
    </message>
    <message>
        <source>Nothing was said to this yet.</source>
        <translation>Belum ada yang dikatakan tentang ini.</translation>
    </message>
    <message>
        <source>{what} {t}, {channel}, written down by {name}.</source>
        <translation>{what} {t}, {channel}, dicatat oleh {name}.</translation>
    </message>
    <message>
        <source>the customer alone</source>
        <translation>pelanggan sendiri</translation>
    </message>
    <message>
        <source>Said by: {who} ({means}).</source>
        <translation>Dikatakan oleh: {who} ({means}).</translation>
    </message>
    <message>
        <source>They are of age now: ask them themselves.</source>
        <translation>Ia sudah dewasa sekarang: tanyakan kepadanya sendiri.</translation>
    </message>
    <message>
        <source>The page was sent. The customer’s link is good once, until {t}.</source>
        <translation>Halaman sudah dikirim. Tautan pelanggan berlaku satu kali, sampai {t}.</translation>
    </message>
    <message>
        <source>On the phone</source>
        <translation>Lewat telepon</translation>
    </message>
    <message>
        <source>In person</source>
        <translation>Langsung</translation>
    </message>
    <message>
        <source>In writing</source>
        <translation>Tertulis</translation>
    </message>
    <message>
        <source>On the web page</source>
        <translation>Di halaman web</translation>
    </message>
    <message>
        <source>The customer</source>
        <translation>Pelanggan</translation>
    </message>
    <message>
        <source>A parent or guardian, for a child</source>
        <translation>Orang tua atau wali anak</translation>
    </message>
    <message>
        <source>The customer, who has a disability</source>
        <translation>Pelanggan penyandang disabilitas</translation>
    </message>
    <message>
        <source>The guardian of a customer with a disability</source>
        <translation>Wali pelanggan penyandang disabilitas</translation>
    </message>
    <message>
        <source>A document was seen</source>
        <translation>Dokumen dilihat</translation>
    </message>
    <message>
        <source>Known to the office</source>
        <translation>Dikenal kantor</translation>
    </message>
    <message>
        <source>Called back on a known number</source>
        <translation>Ditelepon balik ke nomor yang dikenal</translation>
    </message>
    <message>
        <source>In easy words</source>
        <translation>Dengan kata yang mudah</translation>
    </message>
    <message>
        <source>In writing, read at their pace</source>
        <translation>Tertulis, dibaca sesuai kecepatannya</translation>
    </message>
    <message>
        <source>In sign language</source>
        <translation>Dengan bahasa isyarat</translation>
    </message>
    <message>
        <source>In large print</source>
        <translation>Dengan huruf besar</translation>
    </message>
    <message>
        <source>With a helper whom they chose</source>
        <translation>Dengan pendamping pilihannya</translation>
    </message>
    <message>
        <source>{purpose}: restricted on the customer’s request no. {n}, since {t}.</source>
        <translation>{purpose}: dibatasi atas permintaan pelanggan no. {n}, sejak {t}.</translation>
    </message>
    <message>
        <source>{purpose}: the customer objects, request no. {n}, since {t}.</source>
        <translation>{purpose}: pelanggan keberatan, permintaan no. {n}, sejak {t}.</translation>
    </message>
    <message>
        <source>{purpose}: consent withdrawn by request no. {n}, since {t}.</source>
        <translation>{purpose}: persetujuan ditarik lewat permintaan no. {n}, sejak {t}.</translation>
    </message>
    <message>
        <source>An import brought this record.</source>
        <translation>Data ini datang dari impor.</translation>
    </message>
    <message>
        <source>This record was typed in; the customer was told of notice {code}.</source>
        <translation>Data ini diketik; pelanggan diberi tahu pemberitahuan {code}.</translation>
    </message>
    <message>
        <source>This record was typed in.</source>
        <translation>Data ini diketik.</translation>
    </message>
    <message>
        <source>Notice in force: {code}.</source>
        <translation>Pemberitahuan yang berlaku: {code}.</translation>
    </message>
    <message>
        <source>No notice is in force, so nobody can agree to anything yet.</source>
        <translation>Belum ada pemberitahuan yang berlaku, jadi belum ada yang dapat disetujui.</translation>
    </message>
    <message>
        <source>Erase (art. 43)</source>
        <translation>Hapus (ps. 43)</translation>
    </message>
    <message>
        <source>Destroy (art. 44)</source>
        <translation>Musnahkan (ps. 44)</translation>
    </message>
    <message>
        <source>No longer needed</source>
        <translation>Tidak diperlukan lagi</translation>
    </message>
    <message>
        <source>Asked for by the person</source>
        <translation>Diminta oleh yang bersangkutan</translation>
    </message>
    <message>
        <source>Obtained unlawfully</source>
        <translation>Diperoleh secara melawan hukum</translation>
    </message>
    <message>
        <source>Time of retention over</source>
        <translation>Masa retensi berakhir</translation>
    </message>
    <message>
        <source>Tied to no legal case</source>
        <translation>Tidak terkait perkara hukum</translation>
    </message>
    <message>
        <source>Waits for approval</source>
        <translation>Menunggu persetujuan</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Berjalan</translation>
    </message>
    <message>
        <source>Carried out</source>
        <translation>Sudah dilaksanakan</translation>
    </message>
    <message>
        <source>Nothing erased</source>
        <translation>Tidak ada yang dihapus</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>Ditarik kembali</translation>
    </message>
    <message>
        <source>Not approved in time</source>
        <translation>Tidak disetujui tepat waktu</translation>
    </message>
    <message>
        <source>still there</source>
        <translation>masih ada</translation>
    </message>
    <message>
        <source>erased</source>
        <translation>dihapus</translation>
    </message>
    <message>
        <source>held, stays</source>
        <translation>ditahan, tetap ada</translation>
    </message>
    <message>
        <source>not due, stays</source>
        <translation>belum jatuh tempo, tetap ada</translation>
    </message>
    <message>
        <source>gone before</source>
        <translation>sudah tidak ada sebelumnya</translation>
    </message>
    <message>
        <source>Whoever proposes this has worked on this customer in the last 90 days.</source>
        <translation>Pengusul pernah menangani pelanggan ini dalam 90 hari terakhir.</translation>
    </message>
    <message>
        <source>It says that the person asked for it, and names no request.</source>
        <translation>Disebut atas permintaan yang bersangkutan, tetapi nomor permintaannya tidak ada.</translation>
    </message>
    <message>
        <source>A law that comes first wants some of it kept still: the page Retention says which.</source>
        <translation>Sebagian masih harus disimpan menurut undang-undang yang didahulukan: halaman Retensi menyebutkannya.</translation>
    </message>
    <message>
        <source>{n} person is not told of this yet (UU PDP art. 45), and not erased before their letter is written.</source>
        <translation>{n} orang belum diberi tahu tentang ini (UU PDP Pasal 45), dan tidak dihapus sebelum suratnya tertulis.</translation>
    </message>
    <message>
        <source>{n} people are not told of this yet (UU PDP art. 45), and not erased before their letter is written.</source>
        <translation>{n} orang belum diberi tahu tentang ini (UU PDP Pasal 45), dan tidak dihapus sebelum suratnya tertulis.</translation>
    </message>
    <message>
        <source>Dispute</source>
        <translation>Sengketa</translation>
    </message>
    <message>
        <source>Lawsuit</source>
        <translation>Gugatan</translation>
    </message>
    <message>
        <source>Investigation</source>
        <translation>Penyelidikan</translation>
    </message>
    <message>
        <source>Asked for by an authority</source>
        <translation>Diminta oleh otoritas</translation>
    </message>
    <message>
        <source>collected</source>
        <translation>saat dikumpulkan</translation>
    </message>
    <message>
        <source>last contact</source>
        <translation>kontak terakhir</translation>
    </message>
    <message>
        <source>end of contract</source>
        <translation>akhir kontrak</translation>
    </message>
    <message>
        <source>consent withdrawn</source>
        <translation>persetujuan ditarik</translation>
    </message>
    <message>
        <source>{n} month</source>
        <translation>{n} bulan</translation>
    </message>
    <message>
        <source>{n} months</source>
        <translation>{n} bulan</translation>
    </message>
    <message>
        <source>{months}, {event} ({law})</source>
        <translation>{months}, {event} ({law})</translation>
    </message>
    <message>
        <source>{months}, {event}</source>
        <translation>{months}, {event}</translation>
    </message>
    <message>
        <source>times contradict</source>
        <translation>waktunya bertentangan</translation>
    </message>
    <message>
        <source>; or </source>
        <translation>; atau </translation>
    </message>
    <message>
        <source>{field} ({purposes}): at most {most}. At least {least}.</source>
        <translation>{field} ({purposes}): paling lama {most}. Paling sedikit {least}.</translation>
    </message>
    <message>
        <source>{field} ({purposes}): at most {most}. No least time.</source>
        <translation>{field} ({purposes}): paling lama {most}. Tanpa waktu minimum.</translation>
    </message>
    <message>
        <source>At least {least} stands against at most {most}: the longest time decides.</source>
        <translation>Paling sedikit {least} bertentangan dengan paling lama {most}: waktu maksimum yang berlaku.</translation>
    </message>
    <message>
        <source>At least {least} stands against at most {most}: the least time decides, its law comes first.</source>
        <translation>Paling sedikit {least} bertentangan dengan paling lama {most}: waktu minimum yang berlaku, hukumnya didahulukan.</translation>
    </message>
    <message>
        <source>Due by {term}: {n} customer, by pseudonym {ids}.</source>
        <translation>Jatuh tempo menurut {term}: {n} pelanggan, pseudonim {ids}.</translation>
    </message>
    <message>
        <source>Due by {term}: {n} customers, some by pseudonym: {ids}.</source>
        <translation>Jatuh tempo menurut {term}: {n} pelanggan, sebagian pseudonimnya: {ids}.</translation>
    </message>
    <message>
        <source>It answers request {n}.</source>
        <translation>Perintah ini menjawab permintaan {n}.</translation>
    </message>
    <message>
        <source>Letters to its people were written {t}.</source>
        <translation>Surat kepada orang-orangnya ditulis {t}.</translation>
    </message>
    <message>
        <source>Proposed by {name}. It can be approved until {t}.</source>
        <translation>Diusulkan oleh {name}. Dapat disetujui sampai {t}.</translation>
    </message>
    <message>
        <source>{done} of {n} customers are erased; {held} are held. Ordered by {first}, approved by {second}.</source>
        <translation>{done} dari {n} pelanggan dihapus; {held} ditahan. Diperintahkan oleh {first}, disetujui oleh {second}.</translation>
    </message>
    <message>
        <source>{n} customer is still to be erased.</source>
        <translation>{n} pelanggan masih harus dihapus.</translation>
    </message>
    <message>
        <source>{n} customers are still to be erased.</source>
        <translation>{n} pelanggan masih harus dihapus.</translation>
    </message>
    <message>
        <source>Erased here. {n} workstation has not heard of it yet; at {t} its copy is gone by itself.</source>
        <translation>Sudah dihapus di sini. {n} komputer belum mengetahuinya; pada {t} salinannya hilang dengan sendirinya.</translation>
    </message>
    <message>
        <source>Erased here. {n} workstations have not heard of it yet; at {t} their copies are gone by themselves.</source>
        <translation>Sudah dihapus di sini. {n} komputer belum mengetahuinya; pada {t} salinannya hilang dengan sendirinya.</translation>
    </message>
    <message>
        <source>Erased here. The certificate waits until these keys of backups are destroyed: {keys}</source>
        <translation>Sudah dihapus di sini. Berita acara menunggu sampai kunci cadangan ini dimusnahkan: {keys}</translation>
    </message>
    <message>
        <source>Erased here. The database is being written over.</source>
        <translation>Sudah dihapus di sini. Basis data sedang ditimpa.</translation>
    </message>
    <message>
        <source>Approving…</source>
        <translation>Menyetujui…</translation>
    </message>
    <message>
        <source>Holding…</source>
        <translation>Menahan…</translation>
    </message>
    <message>
        <source>Counting…</source>
        <translation>Menghitung…</translation>
    </message>
    <message>
        <source>Stopped. Nothing was saved, and nobody counts as told.</source>
        <translation>Dihentikan. Tidak ada yang disimpan, dan tidak seorang pun dianggap diberi tahu.</translation>
    </message>
    <message>
        <source>Supervisors and privacy officers do this; one of the two people is a privacy officer.</source>
        <translation>Ini tugas penyelia dan petugas privasi; salah satu dari kedua orang adalah petugas privasi.</translation>
    </message>
    <message>
        <source>You did the first part; somebody else does this.</source>
        <translation>Anda melakukan bagian pertama; bagian ini dilakukan orang lain.</translation>
    </message>
    <message>
        <source>A legal hold stands on this customer. Nothing is erased until it is lifted.</source>
        <translation>Pelanggan ini dalam penahanan hukum. Tidak ada yang dihapus sampai penahanan dicabut.</translation>
    </message>
    <message>
        <source>Another order names this customer already.</source>
        <translation>Perintah lain sudah menyebut pelanggan ini.</translation>
    </message>
    <message>
        <source>No customer of your queues has this number.</source>
        <translation>Tidak ada pelanggan dengan nomor ini di antrean Anda.</translation>
    </message>
    <message>
        <source>This customer is not in your queues.</source>
        <translation>Pelanggan ini tidak ada di antrean Anda.</translation>
    </message>
    <message>
        <source>This ground does not belong to this action.</source>
        <translation>Alasan ini tidak sesuai dengan tindakannya.</translation>
    </message>
    <message>
        <source>Nothing is due.</source>
        <translation>Tidak ada yang jatuh tempo.</translation>
    </message>
    <message>
        <source>as it is</source>
        <translation>apa adanya</translation>
    </message>
    <message>
        <source>year</source>
        <translation>tahun</translation>
    </message>
    <message>
        <source>five years</source>
        <translation>lima tahun</translation>
    </message>
    <message>
        <source>ten years</source>
        <translation>sepuluh tahun</translation>
    </message>
    <message>
        <source>bands</source>
        <translation>rentang</translation>
    </message>
    <message>
        <source>{field}: {level}</source>
        <translation>{field}: {level}</translation>
    </message>
    <message>
        <source>Approved</source>
        <translation>Disetujui</translation>
    </message>
    <message>
        <source>Being made</source>
        <translation>Sedang dibuat</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>Sudah dibuat</translation>
    </message>
    <message>
        <source>Dropped</source>
        <translation>Tidak dibuat</translation>
    </message>
    <message>
        <source>Known to outsiders: {known}. To be protected: {sensitive}. k at least {k}, l at least {l}, t at most {t}.</source>
        <translation>Diketahui orang luar: {known}. Yang dilindungi: {sensitive}. k paling sedikit {k}, l paling sedikit {l}, t paling banyak {t}.</translation>
    </message>
    <message>
        <source>Proposed by {first}. Somebody else approves it until {t}.</source>
        <translation>Diusulkan oleh {first}. Orang lain menyetujuinya sampai {t}.</translation>
    </message>
    <message>
        <source>Proposed by {first}, approved by {second}. {first} makes it until {t}.</source>
        <translation>Diusulkan oleh {first}, disetujui oleh {second}. {first} membuatnya sampai {t}.</translation>
    </message>
    <message>
        <source>{first} is making it. Should that have been cut off, it can be made again until {t}.</source>
        <translation>{first} sedang membuatnya. Bila terputus, dapat dibuat lagi sampai {t}.</translation>
    </message>
    <message>
        <source>k = {k}, l = {l}, t = {t}. {out} of {n} customers are in it; {lost} % were left out.</source>
        <translation>k = {k}, l = {l}, t = {t}. {out} dari {n} pelanggan ada di dalamnya; {lost} % ditinggalkan.</translation>
    </message>
    <message>
        <source>fewer than {k}</source>
        <translation>kurang dari {k}</translation>
    </message>
    <message>
        <source>Held back, since they restricted, objected or withdrew: {n}. A legal hold holds nobody back.</source>
        <translation>Ditahan karena pembatasan, keberatan, atau penarikan: {n}. Penahanan hukum tidak menahan siapa pun di sini.</translation>
    </message>
    <message>
        <source>Linkage test: of {n} customers, {found} are re-identified by what outsiders may know; of {learned} what is to be protected is certain.</source>
        <translation>Uji penautan: dari {n} pelanggan, {found} teridentifikasi kembali dengan apa yang mungkin diketahui orang luar; dari {learned} orang, yang dilindungi menjadi pasti.</translation>
    </message>
    <message>
        <source>Making it…</source>
        <translation>Sedang dibuat…</translation>
    </message>
    <message>
        <source>Stopped. Nothing was saved; the export can be made again.</source>
        <translation>Dihentikan. Tidak ada yang disimpan; ekspor dapat dibuat lagi.</translation>
    </message>
    <message>
        <source>A privacy officer proposes an export; another one or a supervisor approves it.</source>
        <translation>Petugas privasi mengusulkan ekspor; petugas privasi lain atau supervisor menyetujuinya.</translation>
    </message>
    <message>
        <source>Somebody else approves what you proposed, and whoever proposed it makes it.</source>
        <translation>Orang lain menyetujui yang Anda usulkan, dan yang mengusulkan membuatnya.</translation>
    </message>
    <message>
        <source>You proposed five exports within a day; go on tomorrow.</source>
        <translation>Anda mengusulkan lima ekspor dalam sehari; lanjutkan besok.</translation>
    </message>
    <message>
        <source>The clocks of this workstation and of the office differ. Have them set first.</source>
        <translation>Jam komputer ini dan jam kantor berbeda. Mintalah keduanya disetel dahulu.</translation>
    </message>
    <message>
        <source>The office shows an order that nobody has signed like this. Refuse it.</source>
        <translation>Kantor menampilkan perintah yang tidak pernah ditandatangani seperti ini. Tolaklah.</translation>
    </message>
    <message>
        <source>Choose each field once: what outsiders may know, and one to be protected; l at most k.</source>
        <translation>Pilih setiap kolom sekali: yang mungkin diketahui orang luar, dan satu yang dilindungi; l tidak lebih dari k.</translation>
    </message>
    <message>
        <source>With this order nobody would be left in the file. Propose one with coarser columns.</source>
        <translation>Dengan usulan ini tidak ada yang tersisa di berkas. Usulkan dengan kolom yang lebih kasar.</translation>
    </message>
    <message>
        <source>There is no such export any more.</source>
        <translation>Ekspor ini tidak ada lagi.</translation>
    </message>
    <message>
        <source>There is no certificate yet.</source>
        <translation>Belum ada berita acara.</translation>
    </message>
    <message>
        <source>a. On which grounds</source>
        <translation>a. Atas dasar apa</translation>
    </message>
    <message>
        <source>b. For which purposes</source>
        <translation>b. Untuk tujuan apa</translation>
    </message>
    <message>
        <source>c. Which data, and what it is needed for</source>
        <translation>c. Data apa, dan untuk apa diperlukan</translation>
    </message>
    <message>
        <source>d. How long documents are kept</source>
        <translation>d. Berapa lama dokumen disimpan</translation>
    </message>
    <message>
        <source>e. What is collected, in detail</source>
        <translation>e. Rincian yang dikumpulkan</translation>
    </message>
    <message>
        <source>f. How long it is processed</source>
        <translation>f. Berapa lama diproses</translation>
    </message>
    <message>
        <source>g. The customer’s rights</source>
        <translation>g. Hak pelanggan</translation>
    </message>
    <message>
        <source>Indonesian</source>
        <translation>Bahasa Indonesia</translation>
    </message>
    <message>
        <source>English</source>
        <translation>Bahasa Inggris</translation>
    </message>
    <message>
        <source>Draft, one thing lacks</source>
        <translation>Rancangan, kurang satu hal</translation>
    </message>
    <message>
        <source>Draft, {n} things lack</source>
        <translation>Rancangan, kurang {n} hal</translation>
    </message>
    <message>
        <source>Draft, may be published</source>
        <translation>Rancangan, dapat diterbitkan</translation>
    </message>
    <message>
        <source>In force since {t}</source>
        <translation>Berlaku sejak {t}</translation>
    </message>
    <message>
        <source>Published {t}</source>
        <translation>Diterbitkan {t}</translation>
    </message>
    <message>
        <source>{language}: “{place}” is missing.</source>
        <translation>{language}: “{place}” tidak ada.</translation>
    </message>
    <message>
        <source>{language}: “{place}” still has a gap [...] to fill in.</source>
        <translation>{language}: “{place}” masih berisi celah [...] yang harus diisi.</translation>
    </message>
    <message>
        <source>{language}: the purpose “{place}” is not named under b.</source>
        <translation>{language}: tujuan “{place}” tidak disebut di b.</translation>
    </message>
    <message>
        <source>{language}: “{place}” is specific data and is not named under c or e.</source>
        <translation>{language}: “{place}” adalah data spesifik dan tidak disebut di c atau e.</translation>
    </message>
    <message>
        <source>One question asks about two purposes: {place}.</source>
        <translation>Satu pertanyaan menanyakan dua tujuan: {place}.</translation>
    </message>
    <message>
        <source>A question asks about no purpose.</source>
        <translation>Ada pertanyaan tanpa tujuan.</translation>
    </message>
    <message>
        <source>The question about {place} is ticked beforehand.</source>
        <translation>Pertanyaan tentang {place} sudah dicentang sebelumnya.</translation>
    </message>
    <message>
        <source>The inventory has no purpose {place}.</source>
        <translation>Inventaris tidak memuat tujuan {place}.</translation>
    </message>
    <message>
        <source>“{place}” rests on another ground than consent; asking would mislead.</source>
        <translation>“{place}” tidak berdasar persetujuan; menanyakannya menyesatkan.</translation>
    </message>
    <message>
        <source>“{place}” is asked about twice.</source>
        <translation>“{place}” ditanyakan dua kali.</translation>
    </message>
    <message>
        <source>{language}: the question about {place} has no text.</source>
        <translation>{language}: pertanyaan tentang {place} tidak berteks.</translation>
    </message>
    <message>
        <source>“{place}” rests on consent, and nobody is asked.</source>
        <translation>“{place}” berdasar persetujuan, tetapi tidak ditanyakan.</translation>
    </message>
    <message>
        <source>Nobody opened, used or compared it. Stop collecting it?</source>
        <translation>Tidak ada yang membuka, memakai, atau membandingkannya. Berhenti mengumpulkannya?</translation>
    </message>
    <message>
        <source>Not used yet; the log is younger than 90 days.</source>
        <translation>Belum dipakai; catatan audit belum berumur 90 hari.</translation>
    </message>
    <message>
        <source>Used</source>
        <translation>Dipakai</translation>
    </message>
    <message>
        <source>Open: shown as it is, so the log cannot tell</source>
        <translation>Terbuka: tampil apa adanya, jadi tidak tercatat</translation>
    </message>
    <message>
        <source>and 1 more</source>
        <translation>dan 1 lagi</translation>
    </message>
    <message>
        <source>and {n} more</source>
        <translation>dan {n} lagi</translation>
    </message>
    <message>
        <source>Passed. It counts until {day}.</source>
        <translation>Lulus. Berlaku sampai {day}.</translation>
    </message>
    <message>
        <source>Passed. It counts until {day}; take it again before.</source>
        <translation>Lulus. Berlaku sampai {day}; ulangi sebelum itu.</translation>
    </message>
    <message>
        <source>It counted until {day}. Take it again.</source>
        <translation>Berlaku sampai {day}. Ambil lagi.</translation>
    </message>
    <message>
        <source>Not taken yet.</source>
        <translation>Belum diambil.</translation>
    </message>
    <message>
        <source>to be taken</source>
        <translation>harus diambil</translation>
    </message>
    <message>
        <source>not taken</source>
        <translation>belum diambil</translation>
    </message>
    <message>
        <source>passed</source>
        <translation>lulus</translation>
    </message>
    <message>
        <source>About {n} minutes with its test</source>
        <translation>Sekitar {n} menit dengan ujiannya</translation>
    </message>
    <message>
        <source>Law</source>
        <translation>Hukum</translation>
    </message>
    <message>
        <source>Masks</source>
        <translation>Samaran</translation>
    </message>
    <message>
        <source>Callers</source>
        <translation>Penelepon</translation>
    </message>
    <message>
        <source>Rights</source>
        <translation>Hak</translation>
    </message>
    <message>
        <source>in time</source>
        <translation>tepat waktu</translation>
    </message>
    <message>
        <source>open, in time</source>
        <translation>terbuka, dalam waktu</translation>
    </message>
    <message>
        <source>late</source>
        <translation>terlambat</translation>
    </message>
    <message>
        <source>counts</source>
        <translation>berlaku</translation>
    </message>
    <message>
        <source>ends soon</source>
        <translation>segera berakhir</translation>
    </message>
    <message>
        <source>lacking</source>
        <translation>belum ada</translation>
    </message>
    <message>
        <source>values</source>
        <translation>nilai</translation>
    </message>
    <message>
        <source>other purposes</source>
        <translation>tujuan lain</translation>
    </message>
    <message>
        <source>over</source>
        <translation>berakhir</translation>
    </message>
    <message>
        <source>needed for: {classes}</source>
        <translation>diperlukan untuk: {classes}</translation>
    </message>
    <message>
        <source>Tests left today: {n}</source>
        <translation>Sisa ujian hari ini: {n}</translation>
    </message>
    <message>
        <source>The tests of today are used. The next one: {time}</source>
        <translation>Ujian hari ini habis. Berikutnya: {time}</translation>
    </message>
    <message>
        <source>A device is lost or stolen</source>
        <translation>Perangkat hilang atau dicuri</translation>
    </message>
    <message>
        <source>Data went to the wrong person</source>
        <translation>Data terkirim ke orang yang salah</translation>
    </message>
    <message>
        <source>Somebody uses data for something else</source>
        <translation>Seseorang memakai data untuk hal lain</translation>
    </message>
    <message>
        <source>Somebody else uses an account</source>
        <translation>Orang lain memakai sebuah akun</translation>
    </message>
    <message>
        <source>A strange program or message</source>
        <translation>Program atau pesan yang aneh</translation>
    </message>
    <message>
        <source>Something else</source>
        <translation>Hal lain</translation>
    </message>
    <message>
        <source>Reported, to be judged</source>
        <translation>Dilaporkan, perlu dinilai</translation>
    </message>
    <message>
        <source>An incident</source>
        <translation>Insiden</translation>
    </message>
    <message>
        <source>None after all</source>
        <translation>Ternyata bukan insiden</translation>
    </message>
    <message>
        <source>the sign-in window of {seat}</source>
        <translation>jendela masuk di {seat}</translation>
    </message>
    <message>
        <source>the lock screen of {account} at {seat}</source>
        <translation>layar kunci {account} di {seat}</translation>
    </message>
    <message>
        <source>the lock screen of {seat}</source>
        <translation>layar kunci di {seat}</translation>
    </message>
    <message>
        <source>DRILL no. {n}: {what}</source>
        <translation>LATIHAN no. {n}: {what}</translation>
    </message>
    <message>
        <source>No. {n}: {what}</source>
        <translation>No. {n}: {what}</translation>
    </message>
    <message>
        <source>The authority</source>
        <translation>Lembaga</translation>
    </message>
    <message>
        <source>The customers</source>
        <translation>Pelanggan</translation>
    </message>
    <message>
        <source>The public</source>
        <translation>Masyarakat</translation>
    </message>
    <message>
        <source>Letter to the authority</source>
        <translation>Surat untuk lembaga</translation>
    </message>
    <message>
        <source>Letter to the customers</source>
        <translation>Surat untuk pelanggan</translation>
    </message>
    <message>
        <source>Public notice</source>
        <translation>Pengumuman</translation>
    </message>
    <message>
        <source>Lesson: {words}</source>
        <translation>Pelajaran: {words}</translation>
    </message>
    <message>
        <source>Reading the log…</source>
        <translation>Membaca log…</translation>
    </message>
    <message>
        <source>Making the letters…</source>
        <translation>Membuat surat…</translation>
    </message>
    <message>
        <source>Making the PDF…</source>
        <translation>Membuat PDF…</translation>
    </message>
    <message>
        <source>Stopped. Nothing was saved; the letters can be made again.</source>
        <translation>Dihentikan. Tidak ada yang disimpan; surat dapat dibuat lagi.</translation>
    </message>
    <message>
        <source>This does not fit how the incident stands now. Look again.</source>
        <translation>Ini tidak sesuai dengan keadaan insiden sekarang. Lihat lagi.</translation>
    </message>
    <message>
        <source>Somebody else has changed this just now. Look again.</source>
        <translation>Orang lain baru saja mengubahnya. Lihat lagi.</translation>
    </message>
    <message>
        <source>Say first what it is about: an account, a workstation or a class of data.</source>
        <translation>Tentukan dahulu cakupannya: akun, komputer, atau kelas data.</translation>
    </message>
    <message>
        <source>The time begins before it ends, and ends by now.</source>
        <translation>Waktu mulai harus sebelum waktu akhir, dan akhir tidak setelah sekarang.</translation>
    </message>
    <message>
        <source>Authority and customers are to be told first.</source>
        <translation>Lembaga dan pelanggan harus diberi tahu dahulu.</translation>
    </message>
    <message>
        <source>They were told already.</source>
        <translation>Mereka sudah diberi tahu.</translation>
    </message>
    <message>
        <source>Write in the timeline first why it is none.</source>
        <translation>Tulis dahulu di linimasa mengapa ini bukan insiden.</translation>
    </message>
    <message>
        <source>Write plain text, at most 2,000 characters.</source>
        <translation>Tulis teks biasa, paling banyak 2.000 karakter.</translation>
    </message>
    <message>
        <source>The log does not hold, so it says nothing of who was touched. Call IT (V2).</source>
        <translation>Log tidak utuh, jadi tidak dapat menyatakan siapa yang terdampak. Hubungi IT (V2).</translation>
    </message>
    <message>
        <source>There is no such incident.</source>
        <translation>Tidak ada insiden itu.</translation>
    </message>
    <message>
        <source>Access and a copy</source>
        <translation>Akses dan salinan</translation>
    </message>
    <message>
        <source>Correction</source>
        <translation>Perbaikan</translation>
    </message>
    <message>
        <source>Restriction</source>
        <translation>Pembatasan</translation>
    </message>
    <message>
        <source>Objection</source>
        <translation>Keberatan</translation>
    </message>
    <message>
        <source>Withdrawal of consent</source>
        <translation>Penarikan persetujuan</translation>
    </message>
    <message>
        <source>Data for another organisation</source>
        <translation>Data untuk pihak lain</translation>
    </message>
    <message>
        <source>By phone</source>
        <translation>Lewat telepon</translation>
    </message>
    <message>
        <source>By e-mail</source>
        <translation>Lewat surel</translation>
    </message>
    <message>
        <source>By letter</source>
        <translation>Lewat surat</translation>
    </message>
    <message>
        <source>By the web page</source>
        <translation>Lewat halaman web</translation>
    </message>
    <message>
        <source>Checked in the call</source>
        <translation>Diperiksa dalam panggilan</translation>
    </message>
    <message>
        <source>By a document</source>
        <translation>Dengan dokumen</translation>
    </message>
    <message>
        <source>Confirmed at an address that we have</source>
        <translation>Dipastikan lewat alamat yang kami simpan</translation>
    </message>
    <message>
        <source>A representative with proof</source>
        <translation>Wakil dengan bukti</translation>
    </message>
    <message>
        <source>By post</source>
        <translation>Lewat pos</translation>
    </message>
    <message>
        <source>Handed over</source>
        <translation>Diserahkan langsung</translation>
    </message>
    <message>
        <source>Read aloud and handed over</source>
        <translation>Dibacakan dan diserahkan</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Kemarin</translation>
    </message>
    <message>
        <source>{n} days ago</source>
        <translation>{n} hari lalu</translation>
    </message>
    <message>
        <source>National defence and security (art. 15)</source>
        <translation>Pertahanan dan keamanan nasional (Pasal 15)</translation>
    </message>
    <message>
        <source>Law enforcement (art. 15)</source>
        <translation>Penegakan hukum (Pasal 15)</translation>
    </message>
    <message>
        <source>Administration of the state (art. 15)</source>
        <translation>Penyelenggaraan negara (Pasal 15)</translation>
    </message>
    <message>
        <source>Supervision of the financial system (art. 15)</source>
        <translation>Pengawasan sistem keuangan (Pasal 15)</translation>
    </message>
    <message>
        <source>Statistics and research (art. 15)</source>
        <translation>Statistik dan penelitian (Pasal 15)</translation>
    </message>
    <message>
        <source>It would endanger somebody (art. 33)</source>
        <translation>Membahayakan seseorang (Pasal 33)</translation>
    </message>
    <message>
        <source>It would disclose another person’s data (art. 33)</source>
        <translation>Mengungkap data orang lain (Pasal 33)</translation>
    </message>
    <message>
        <source>Against national security (art. 33)</source>
        <translation>Bertentangan dengan keamanan nasional (Pasal 33)</translation>
    </message>
    <message>
        <source>A law demands to keep it (PP 71/2019)</source>
        <translation>Peraturan mewajibkan menyimpannya (PP 71/2019)</translation>
    </message>
    <message>
        <source>The person could not be identified</source>
        <translation>Orangnya tidak dapat dipastikan</translation>
    </message>
    <message>
        <source>letter not sent yet</source>
        <translation>surat belum dikirim</translation>
    </message>
    <message>
        <source>letter sent</source>
        <translation>surat dikirim</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>Dijawab</translation>
    </message>
    <message>
        <source>Waits for a second person</source>
        <translation>Menunggu orang kedua</translation>
    </message>
    <message>
        <source>Identity to check</source>
        <translation>Identitas belum diperiksa</translation>
    </message>
    <message>
        <source>The office’s clock is behind: unknown</source>
        <translation>Jam kantor mundur: tidak diketahui</translation>
    </message>
    <message>
        <source>In time</source>
        <translation>Tepat waktu</translation>
    </message>
    <message>
        <source>Late by {t}</source>
        <translation>Terlambat {t}</translation>
    </message>
    <message>
        <source>Overdue by {t}</source>
        <translation>Lewat tenggat {t}</translation>
    </message>
    <message>
        <source>{t} left</source>
        <translation>sisa {t}</translation>
    </message>
    <message>
        <source>3 × 24 hours (UU PDP art. {n})</source>
        <translation>3 × 24 jam (UU PDP Pasal {n})</translation>
    </message>
    <message>
        <source>3 × 24 hours, our own aim (UU PDP art. {n} sets none)</source>
        <translation>3 × 24 jam, sasaran kami sendiri (UU PDP Pasal {n} tidak menetapkan)</translation>
    </message>
    <message>
        <source>Sending it back…</source>
        <translation>Mengembalikan…</translation>
    </message>
    <message>
        <source>Making the copy…</source>
        <translation>Membuat salinan…</translation>
    </message>
    <message>
        <source>This request has ended.</source>
        <translation>Permintaan ini sudah berakhir.</translation>
    </message>
    <message>
        <source>The identity is checked already.</source>
        <translation>Identitas sudah diperiksa.</translation>
    </message>
    <message>
        <source>Something waits for a second person already.</source>
        <translation>Sudah ada yang menunggu orang kedua.</translation>
    </message>
    <message>
        <source>The law does not let a request of this kind be refused for that.</source>
        <translation>Permintaan jenis ini tidak boleh ditolak dengan alasan itu.</translation>
    </message>
    <message>
        <source>Check the identity first.</source>
        <translation>Periksa identitasnya dahulu.</translation>
    </message>
    <message>
        <source>Nothing waits for a second person any more.</source>
        <translation>Tidak ada lagi yang menunggu orang kedua.</translation>
    </message>
    <message>
        <source>You proposed this; somebody else decides on it.</source>
        <translation>Anda yang mengusulkan; orang lain yang memutuskan.</translation>
    </message>
    <message>
        <source>Make the copy of the data first.</source>
        <translation>Buat salinan datanya dahulu.</translation>
    </message>
    <message>
        <source>Nothing of this customer was changed since. Correct the field on the card first.</source>
        <translation>Belum ada data pelanggan ini yang diubah sejak itu. Perbaiki kolomnya di kartu dahulu.</translation>
    </message>
    <message>
        <source>Have the customer erased first: that is another page here, and takes two people.</source>
        <translation>Hapus dahulu pelanggannya: itu halaman lain di sini, dan perlu dua orang.</translation>
    </message>
    <message>
        <source>This request holds nothing any more.</source>
        <translation>Permintaan ini tidak menahan apa pun lagi.</translation>
    </message>
    <message>
        <source>There is no such request in your queues.</source>
        <translation>Tidak ada permintaan itu di antrean Anda.</translation>
    </message>
    <message>
        <source>Choose which purposes it is about.</source>
        <translation>Pilih tujuan yang dimaksud.</translation>
    </message>
    <message>
        <source>Write plain text, at most 1,000 characters.</source>
        <translation>Tulis teks biasa, paling banyak 1.000 karakter.</translation>
    </message>
    <message>
        <source>Look the person up in the console first. Your lookup stands in the log.</source>
        <translation>Cari orang ini di konsol terlebih dahulu. Pencarian Anda tercatat di log.</translation>
    </message>
    <message>
        <source>Only who sees every queue can say that nothing is held about somebody.</source>
        <translation>Hanya yang melihat semua antrean dapat menyatakan bahwa tidak ada data tentang seseorang.</translation>
    </message>
    <message>
        <source>Write down who asks, and where the letter goes.</source>
        <translation>Tulis siapa yang meminta, dan ke mana suratnya dikirim.</translation>
    </message>
    <message>
        <source>Somebody who is no customer cannot ask for that.</source>
        <translation>Orang yang bukan pelanggan tidak dapat meminta hal itu.</translation>
    </message>
    <message>
        <source>Nothing is known of this person. Have a document shown.</source>
        <translation>Tidak ada yang diketahui tentang orang ini. Minta dokumennya ditunjukkan.</translation>
    </message>
    <message>
        <source>This request belongs to a customer already.</source>
        <translation>Permintaan ini sudah milik seorang pelanggan.</translation>
    </message>
    <message>
        <source>Nobody has attached this request to a customer.</source>
        <translation>Belum ada yang mengaitkan permintaan ini dengan pelanggan.</translation>
    </message>
    <message>
        <source>End the request first.</source>
        <translation>Akhiri permintaannya dahulu.</translation>
    </message>
    <message>
        <source>Make the letter first.</source>
        <translation>Buat suratnya dahulu.</translation>
    </message>
    <message>
        <source>The request had not ended on that day. Choose a later one.</source>
        <translation>Permintaan belum berakhir pada hari itu. Pilih hari sesudahnya.</translation>
    </message>
    <message>
        <source>A reference has letters, digits and . / _ - alone: no name and no address.</source>
        <translation>Referensi hanya berisi huruf, angka, dan . / _ -: tanpa nama dan alamat.</translation>
    </message>
    <message>
        <source>An order to erase that customer answers this request. Take the order back first.</source>
        <translation>Permintaan ini dijawab oleh perintah penghapusan pelanggan itu. Tarik kembali perintahnya dahulu.</translation>
    </message>
    <message>
        <source>The permission to make the copy is over. Propose it again.</source>
        <translation>Izin membuat salinan sudah habis. Usulkan lagi.</translation>
    </message>
    <message>
        <source>1 due</source>
        <translation>1 perlu diambil</translation>
    </message>
    <message>
        <source>{n} due</source>
        <translation>{n} perlu diambil</translation>
    </message>
    <message>
        <source>Ends soon</source>
        <translation>Segera berakhir</translation>
    </message>
    <message>
        <source>Nothing due</source>
        <translation>Lengkap</translation>
    </message>
    <message>
        <source>Rules of conduct</source>
        <translation>Tata tertib</translation>
    </message>
    <message>
        <source>The newest rules of conduct are not accepted.</source>
        <translation>Tata tertib terbaru belum diterima.</translation>
    </message>
    <message>
        <source>This role needs no lesson.</source>
        <translation>Peran ini tidak memerlukan pelajaran.</translation>
    </message>
    <message>
        <source>{lesson}: not passed yet.</source>
        <translation>{lesson}: belum lulus.</translation>
    </message>
    <message>
        <source>{lesson}: over since {day}.</source>
        <translation>{lesson}: kedaluwarsa sejak {day}.</translation>
    </message>
    <message>
        <source>{lesson}: counts until {day}.</source>
        <translation>{lesson}: berlaku sampai {day}.</translation>
    </message>
    <message>
        <source>Tests failed: {n}.</source>
        <translation>Ujian tidak lulus: {n}.</translation>
    </message>
    <message>
        <source>You look after nobody who has lessons to take.</source>
        <translation>Tidak ada orang yang Anda bina yang perlu mengambil pelajaran.</translation>
    </message>
    <message>
        <source>Nobody of {all} is due.</source>
        <translation>Tidak seorang pun dari {all} orang yang masih perlu mengambil pelajaran.</translation>
    </message>
    <message>
        <source>{due} of {all} people are due: until they have learnt, what it opens rests for them.</source>
        <translation>{due} dari {all} orang perlu mengambil pelajaran: sampai mereka lulus, data yang dibuka pelajaran itu tetap tertutup bagi mereka.</translation>
    </message>
    <message>
        <source>No customer</source>
        <translation>Bukan pelanggan</translation>
    </message>
    <message>
        <source>Set by your organisation</source>
        <translation>Diatur oleh organisasi Anda</translation>
    </message>
    <message>
        <source>Notice, version {n}</source>
        <translation>Pemberitahuan, versi {n}</translation>
    </message>
    <message>
        <source>Overdue: {n}</source>
        <translation>Terlambat: {n}</translation>
    </message>
    <message>
        <source>Due within 24 hours: {n}</source>
        <translation>Jatuh tempo dalam 24 jam: {n}</translation>
    </message>
    <message>
        <source>First: {what} ({clock})</source>
        <translation>Pertama: {what} ({clock})</translation>
    </message>
    <message>
        <source>Nothing can be sealed here before somebody has signed in once. Tell your supervisor or privacy officer.</source>
        <translation>Di sini belum pernah ada yang masuk, jadi belum ada yang dapat disegel. Beri tahu supervisor atau petugas privasi.</translation>
    </message>
    <message>
        <source>Very many reports wait here already. Tell your supervisor or privacy officer, and have somebody sign in.</source>
        <translation>Sudah sangat banyak laporan menunggu di sini. Beri tahu supervisor atau petugas privasi, dan mintalah seseorang masuk.</translation>
    </message>
    <message>
        <source>Another report was kept a moment ago. Wait half a minute, then press again.</source>
        <translation>Baru saja ada laporan lain yang disimpan. Tunggu setengah menit, lalu tekan lagi.</translation>
    </message>
    <message>
        <source>This disk takes nothing now: it is not kept. Tell your supervisor or privacy officer.</source>
        <translation>Disk ini tidak menerima apa pun sekarang: laporan tidak tersimpan. Beri tahu supervisor atau petugas privasi.</translation>
    </message>
</context>
<context>
    <name>AccessTable</name>
    <message>
        <source>Accesses by day</source>
        <translation>Akses per hari</translation>
    </message>
</context>
<context>
    <name>AccountPage</name>
    <message>
        <source>Type what your administrator gave you</source>
        <translation>Ketik yang diberikan administrator Anda</translation>
    </message>
    <message>
        <source>The code works once, for 24 hours. Capital or small letters, with or without dashes.</source>
        <translation>Kode berlaku sekali, selama 24 jam. Huruf besar atau kecil, dengan atau tanpa tanda hubung.</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>Akun</translation>
    </message>
    <message>
        <source>Activation code</source>
        <translation>Kode aktivasi</translation>
    </message>
    <message>
        <source>No code? Ask the person who made your account.</source>
        <translation>Belum punya kode? Tanyakan kepada pembuat akun Anda.</translation>
    </message>
</context>
<context>
    <name>AccountTable</name>
    <message>
        <source>Person, account, role, queue</source>
        <translation>Orang, akun, peran, antrean</translation>
    </message>
    <message>
        <source>Find accounts by person, account, role or queue</source>
        <translation>Cari akun menurut orang, akun, peran, atau antrean</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>All states</source>
        <translation>Semua status</translation>
    </message>
    <message>
        <source>Active</source>
        <translation>Aktif</translation>
    </message>
    <message>
        <source>Invited</source>
        <translation>Diundang</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Disetel ulang</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>Ditutup</translation>
    </message>
    <message>
        <source>New account</source>
        <translation>Akun baru</translation>
    </message>
    <message>
        <source>Accounts</source>
        <translation>Akun</translation>
    </message>
    <message>
        <source>No account fits. Check the spelling, or look in all states.</source>
        <translation>Tidak ada akun yang cocok. Periksa ejaan, atau cari di semua status.</translation>
    </message>
    <message>
        <source>Show all accounts</source>
        <translation>Tampilkan semua akun</translation>
    </message>
    <message>
        <source>{n} of {total} accounts</source>
        <translation>{n} dari {total} akun</translation>
    </message>
</context>
<context>
    <name>AccountsScreen</name>
    <message>
        <source>Make new keys</source>
        <translation>Buat kunci baru</translation>
    </message>
    <message>
        <source>A new key is due for {classes}: somebody lost the class. An administrator confirms it.</source>
        <translation>Kunci baru diperlukan untuk {classes}: ada yang kehilangan kelas itu. Administrator yang mengonfirmasinya.</translation>
    </message>
    <message>
        <source>A new key is due for {classes}: somebody lost the class. A supervisor’s console makes it.</source>
        <translation>Kunci baru diperlukan untuk {classes}: ada yang kehilangan kelas itu. Konsol supervisor yang membuatnya.</translation>
    </message>
    <message>
        <source>Changed. It counts from now on.</source>
        <translation>Diubah. Berlaku mulai sekarang.</translation>
    </message>
    <message>
        <source>Sessions ended: {n}.</source>
        <translation>Sesi diakhiri: {n}.</translation>
    </message>
    <message>
        <source>The next try is judged at once. Make sure that it is the person.</source>
        <translation>Percobaan berikutnya langsung dinilai. Pastikan itu memang orangnya.</translation>
    </message>
    <message>
        <source>Closed. Its sessions have ended.</source>
        <translation>Ditutup. Sesinya sudah berakhir.</translation>
    </message>
    <message>
        <source>Confirmed.</source>
        <translation>Dikonfirmasi.</translation>
    </message>
    <message>
        <source>Taken back.</source>
        <translation>Ditarik kembali.</translation>
    </message>
    <message>
        <source>Refused.</source>
        <translation>Ditolak.</translation>
    </message>
</context>
<context>
    <name>AcknowledgePopover</name>
    <message>
        <source>Acknowledge</source>
        <translation>Tanggapi</translation>
    </message>
    <message>
        <source>Say what came of it. Your name and the comment stay with the flag; write no customer data.</source>
        <translation>Tulis hasilnya. Nama Anda dan komentar ini tetap pada tanda; jangan tulis data pelanggan.</translation>
    </message>
    <message>
        <source>Asked her; a batch of call-backs</source>
        <translation>Sudah ditanyakan; memang banyak telepon balik</translation>
    </message>
    <message>
        <source>What came of it</source>
        <translation>Hasilnya</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Batal</translation>
    </message>
    <message>
        <source>Writing it down…</source>
        <translation>Mencatat…</translation>
    </message>
</context>
<context>
    <name>ActPopover</name>
    <message>
        <source>{action}: {field}</source>
        <translation>{action}: {field}</translation>
    </message>
    <message>
        <source>A program gets this field. It is used, not shown, and written down with your name.</source>
        <translation>Sebuah program menerima kolom ini. Dipakai, tidak ditampilkan, dan dicatat atas nama Anda.</translation>
    </message>
</context>
<context>
    <name>Acting</name>
    <message>
        <source>This needs a code that is not older than five minutes.</source>
        <translation>Ini butuh kode yang belum lewat lima menit.</translation>
    </message>
    <message>
        <source>A fresh code</source>
        <translation>Kode baru</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Lanjut</translation>
    </message>
</context>
<context>
    <name>AheadBars</name>
    <message>
        <source>Values that have to go, by month</source>
        <translation>Nilai yang harus dimusnahkan, per bulan</translation>
    </message>
</context>
<context>
    <name>ApprovalWindow</name>
    <message>
        <source>Approval at the desk</source>
        <translation>Persetujuan di meja</translation>
    </message>
    <message>
        <source>Approve at this desk</source>
        <translation>Setujui di meja ini</translation>
    </message>
    <message>
        <source>Sign in to decide</source>
        <translation>Masuk untuk memutuskan</translation>
    </message>
</context>
<context>
    <name>ApprovalsScreen</name>
    <message>
        <source>Waiting</source>
        <translation>Menunggu</translation>
    </message>
    <message>
        <source>Requests that wait</source>
        <translation>Permintaan yang menunggu</translation>
    </message>
    <message>
        <source>No request waits for your decision here.</source>
        <translation>Tidak ada permintaan yang menunggu keputusan Anda di sini.</translation>
    </message>
    <message>
        <source>Nothing that you opened for somebody is open now.</source>
        <translation>Tidak ada yang Anda bukakan yang masih terbuka.</translation>
    </message>
</context>
<context>
    <name>AskPopover</name>
    <message>
        <source>Ask for {field}</source>
        <translation>Minta {field}</translation>
    </message>
    <message>
        <source>A supervisor opens this one field, for you, once.</source>
        <translation>Supervisor membuka satu kolom ini saja, untuk Anda, sekali.</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Alasan</translation>
    </message>
    <message>
        <source>Why do you need to see it?</source>
        <translation>Mengapa Anda perlu melihatnya?</translation>
    </message>
    <message>
        <source>10 characters or more; write no customer data here</source>
        <translation>Minimal 10 karakter; jangan tulis data pelanggan di sini</translation>
    </message>
    <message>
        <source>Is a supervisor beside you?</source>
        <translation>Ada supervisor di dekat?</translation>
    </message>
    <message>
        <source>Sign in as supervisor here</source>
        <translation>Masuk sebagai supervisor di sini</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Batal</translation>
    </message>
    <message>
        <source>Send request</source>
        <translation>Kirim permintaan</translation>
    </message>
    <message>
        <source>Nobody who may decide is signed in now. You may send; whoever comes in time sees it.</source>
        <translation>Belum ada yang berwenang memutuskan. Anda boleh mengirim; siapa pun yang masuk pada waktunya akan melihatnya.</translation>
    </message>
    <message>
        <source>Online to decide: {n}</source>
        <translation>Siap memutuskan: {n}</translation>
    </message>
    <message>
        <source>Nobody signed in to decide</source>
        <translation>Siap memutuskan: belum ada</translation>
    </message>
</context>
<context>
    <name>AskingLine</name>
    <message>
        <source>Customer number</source>
        <translation>Nomor pelanggan</translation>
    </message>
    <message>
        <source>Period</source>
        <translation>Periode</translation>
    </message>
    <message>
        <source>First day</source>
        <translation>Tanggal awal</translation>
    </message>
    <message>
        <source>Last day</source>
        <translation>Tanggal akhir</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Tampilkan</translation>
    </message>
    <message>
        <source>List in</source>
        <translation>Daftar dalam</translation>
    </message>
    <message>
        <source>Type days as 27/11/2026 or 2026-11-27.</source>
        <translation>Ketik tanggal seperti 27/11/2026 atau 2026-11-27.</translation>
    </message>
</context>
<context>
    <name>AuditScreen</name>
    <message>
        <source>Show the entry</source>
        <translation>Tampilkan entri</translation>
    </message>
    <message>
        <source>Audit log</source>
        <translation>Log audit</translation>
    </message>
    <message>
        <source>Your role does not read the audit log.</source>
        <translation>Peran Anda tidak membaca log audit.</translation>
    </message>
    <message>
        <source>{n} found, back to {t}…</source>
        <translation>{n} ditemukan, sampai {t}…</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Mencari…</translation>
    </message>
    <message>
        <source>{n} shown, older ones as you scroll</source>
        <translation>{n} ditampilkan, yang lebih lama saat digulir</translation>
    </message>
    <message>
        <source>{n} found</source>
        <translation>{n} ditemukan</translation>
    </message>
    <message>
        <source>No entry fits these filters. Take one away, or choose a longer time.</source>
        <translation>Tidak ada entri yang cocok dengan filter ini. Hapus satu, atau pilih waktu yang lebih panjang.</translation>
    </message>
    <message>
        <source>Remove all filters</source>
        <translation>Hapus semua filter</translation>
    </message>
    <message>
        <source>Stopped. This says nothing about the log.</source>
        <translation>Dihentikan. Ini tidak mengatakan apa pun tentang log.</translation>
    </message>
</context>
<context>
    <name>AuthenticatorCard</name>
    <message>
        <source>Authenticator</source>
        <translation>Autentikator</translation>
    </message>
    <message>
        <source>Replace…</source>
        <translation>Ganti…</translation>
    </message>
    <message>
        <source>The old one is lost: use a recovery code</source>
        <translation>Yang lama hilang: pakai kode pemulihan</translation>
    </message>
    <message>
        <source>Recovery code</source>
        <translation>Kode pemulihan</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Batal</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Lanjut</translation>
    </message>
    <message>
        <source>Ends by itself in {t}. Until a code has come the old one counts.</source>
        <translation>Berakhir sendiri dalam {t}. Sebelum kode masuk, yang lama tetap berlaku.</translation>
    </message>
    <message>
        <source>This took longer than five minutes. Begin again.</source>
        <translation>Ini lebih dari lima menit. Mulai lagi.</translation>
    </message>
    <message>
        <source>The new authenticator counts from now on; the old one is dead. Other sessions have ended.</source>
        <translation>Autentikator baru berlaku mulai sekarang; yang lama mati. Sesi lain sudah berakhir.</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>Memeriksa…</translation>
    </message>
</context>
<context>
    <name>AuthenticatorPage</name>
    <message>
        <source>Any app that makes 6-digit codes will do. The picture is shown once and is not kept on this workstation.</source>
        <translation>Aplikasi apa pun yang membuat kode 6 digit bisa dipakai. Gambar ini tampil sekali dan tidak disimpan di komputer ini.</translation>
    </message>
    <message>
        <source>Cannot scan?</source>
        <translation>Tidak bisa memindai?</translation>
    </message>
    <message>
        <source>Show the key as text</source>
        <translation>Tampilkan kunci sebagai teks</translation>
    </message>
    <message>
        <source>Type the code that the app shows now</source>
        <translation>Ketik kode yang tampil di aplikasi sekarang</translation>
    </message>
    <message>
        <source>Sends by itself at the sixth digit</source>
        <translation>Terkirim sendiri pada digit keenam</translation>
    </message>
    <message>
        <source>Scan this with the authenticator on {name}’s phone</source>
        <translation>Pindai dengan aplikasi autentikator di ponsel {name}</translation>
    </message>
    <message>
        <source>Scan this with the authenticator on your phone</source>
        <translation>Pindai dengan aplikasi autentikator di ponsel Anda</translation>
    </message>
    <message>
        <source>Hide the key</source>
        <translation>Sembunyikan kunci</translation>
    </message>
</context>
<context>
    <name>Budgets</name>
    <message>
        <source>{a} of {b} reveals used this shift, then a supervisor decides</source>
        <translation>{a} dari {b} buka terpakai di giliran ini, sesudah itu supervisor yang memutuskan</translation>
    </message>
    <message>
        <source>{a} of {b} reveals used this shift</source>
        <translation>{a} dari {b} buka terpakai di giliran ini</translation>
    </message>
    <message>
        <source>All {b} reveals of this shift are used. The next one is yours in {t}.</source>
        <translation>Semua {b} buka di giliran ini terpakai. Jatah Anda ada lagi dalam {t}.</translation>
    </message>
    <message>
        <source>Limit {a} in {m}. Next reveal in {t}.</source>
        <translation>Batas {a} dalam {m}. Buka berikutnya dalam {t}.</translation>
    </message>
    <message>
        <source>It is outside the hours of work. They begin in {t}.</source>
        <translation>Sekarang di luar jam kerja. Jam kerja mulai dalam {t}.</translation>
    </message>
</context>
<context>
    <name>Busy</name>
    <message>
        <source>Stop</source>
        <translation>Berhenti</translation>
    </message>
    <message>
        <source>Stop: {what}</source>
        <translation>Berhenti: {what}</translation>
    </message>
</context>
<context>
    <name>CallBackPopover</name>
    <message>
        <source>Call back</source>
        <translation>Telepon balik</translation>
    </message>
    <message>
        <source>Day and time: 12/3 10:00</source>
        <translation>Tanggal dan jam: 12/3 10.00</translation>
    </message>
    <message>
        <source>Day and time to call back, by the office’s clock</source>
        <translation>Tanggal dan jam telepon balik, menurut jam kantor</translation>
    </message>
    <message>
        <source>No call back</source>
        <translation>Tanpa telepon balik</translation>
    </message>
    <message>
        <source>Tomorrow</source>
        <translation>Besok</translation>
    </message>
    <message>
        <source>In three days</source>
        <translation>Tiga hari lagi</translation>
    </message>
    <message>
        <source>In a week</source>
        <translation>Seminggu lagi</translation>
    </message>
</context>
<context>
    <name>CallChip</name>
    <message>
        <source>Hold</source>
        <translation>Tahan</translation>
    </message>
    <message>
        <source>End call</source>
        <translation>Akhiri panggilan</translation>
    </message>
    <message>
        <source>A call is on</source>
        <translation>Panggilan berlangsung</translation>
    </message>
    <message>
        <source>The call has ended</source>
        <translation>Panggilan selesai</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Lanjutkan</translation>
    </message>
    <message>
        <source>On hold</source>
        <translation>Ditahan</translation>
    </message>
    <message>
        <source>On call</source>
        <translation>Tersambung</translation>
    </message>
    <message>
        <source>Call waiting</source>
        <translation>Panggilan menunggu</translation>
    </message>
    <message>
        <source>1 more call</source>
        <translation>1 panggilan lain</translation>
    </message>
    <message>
        <source>{n} more calls</source>
        <translation>{n} panggilan lain</translation>
    </message>
    <message>
        <source>Since the call began: {t}</source>
        <translation>Sejak panggilan mulai: {t}</translation>
    </message>
</context>
<context>
    <name>CallCover</name>
    <message>
        <source>Covered: nobody is using this console</source>
        <translation>Ditutup: tidak ada yang memakai konsol ini</translation>
    </message>
    <message>
        <source>Your call goes on, and your note stays in hand. Any key or move shows everything again.</source>
        <translation>Panggilan Anda tetap berjalan, dan catatan Anda tetap terbuka. Tombol atau gerakan apa pun menampilkan semuanya lagi.</translation>
    </message>
    <message>
        <source>Locks in {t}, or when the call ends</source>
        <translation>Terkunci dalam {t}, atau saat panggilan selesai</translation>
    </message>
</context>
<context>
    <name>CallerChooser</name>
    <message>
        <source>Ask who calls. Each of them is written down as found.</source>
        <translation>Tanyakan siapa yang menelepon. Setiap nama di sini dicatat sebagai ditemukan.</translation>
    </message>
    <message>
        <source>last contact {day}</source>
        <translation>kontak terakhir {day}</translation>
    </message>
    <message>
        <source>None of them: a new contact</source>
        <translation>Bukan mereka: kontak baru</translation>
    </message>
</context>
<context>
    <name>CallerPages</name>
    <message>
        <source>{n} customers have this number: {mask}</source>
        <translation>{n} pelanggan memakai nomor ini: {mask}</translation>
    </message>
    <message>
        <source>Somebody has this number already. Is it one of them?</source>
        <translation>Nomor ini sudah ada yang memakai. Apakah salah satu dari mereka?</translation>
    </message>
</context>
<context>
    <name>Callout</name>
    <message>
        <source>Skip tour</source>
        <translation>Lewati tur</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Kembali</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Lanjut</translation>
    </message>
    <message>
        <source>{n} of {m}</source>
        <translation>{n} dari {m}</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Selesai</translation>
    </message>
    <message>
        <source>Tour</source>
        <translation>Tur</translation>
    </message>
</context>
<context>
    <name>CallsPopover</name>
    <message>
        <source>Other calls</source>
        <translation>Panggilan lain</translation>
    </message>
    <message>
        <source>Unknown caller</source>
        <translation>Penelepon belum diketahui</translation>
    </message>
    <message>
        <source>waits {t}</source>
        <translation>menunggu {t}</translation>
    </message>
    <message>
        <source>on hold {t}</source>
        <translation>ditahan {t}</translation>
    </message>
</context>
<context>
    <name>CardEditing</name>
    <message>
        <source>Edit</source>
        <translation>Ubah</translation>
    </message>
    <message>
        <source>Change a field of this customer</source>
        <translation>Ubah satu kolom pelanggan ini</translation>
    </message>
    <message>
        <source>Also open by {names}</source>
        <translation>Juga dibuka {names}</translation>
    </message>
    <message>
        <source>{name}, changing {field}</source>
        <translation>{name}, sedang mengubah {field}</translation>
    </message>
</context>
<context>
    <name>CheckCell</name>
    <message>
        <source>as the caller says it</source>
        <translation>seperti ucapan penelepon</translation>
    </message>
    <message>
        <source>Match</source>
        <translation>Cocok</translation>
    </message>
    <message>
        <source>By eye</source>
        <translation>Sesuai</translation>
    </message>
    <message>
        <source>{field}: the caller said what the mask shows</source>
        <translation>{field}: ucapan penelepon sama dengan yang tampak di samaran</translation>
    </message>
    <message>
        <source>The caller said what the mask shows</source>
        <translation>Ucapan penelepon sama dengan yang tampak di samaran</translation>
    </message>
    <message>
        <source>typed, this call</source>
        <translation>diketik, panggilan ini</translation>
    </message>
    <message>
        <source>by eye, this call</source>
        <translation>sesuai samaran, panggilan ini</translation>
    </message>
    <message>
        <source>Comparing…</source>
        <translation>Membandingkan…</translation>
    </message>
    <message>
        <source>No match, {n} tries left</source>
        <translation>Tidak cocok, sisa {n}</translation>
    </message>
    <message>
        <source>No match, {n} try left</source>
        <translation>Tidak cocok, sisa {n}</translation>
    </message>
    <message>
        <source>No match, no tries left</source>
        <translation>Tidak cocok, kesempatan habis</translation>
    </message>
    <message>
        <source>{n} tries left</source>
        <translation>sisa {n} kali</translation>
    </message>
    <message>
        <source>{n} try left</source>
        <translation>sisa {n} kali</translation>
    </message>
    <message>
        <source>no tries left</source>
        <translation>kesempatan habis</translation>
    </message>
</context>
<context>
    <name>CheckEnough</name>
    <message>
        <source>Is checking enough? Type what the caller says.</source>
        <translation>Cukup dicek? Ketik ucapan penelepon.</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>Cek</translation>
    </message>
</context>
<context>
    <name>CheckFirst</name>
    <message>
        <source>Check who is calling first.</source>
        <translation>Cek dulu siapa yang menelepon.</translation>
    </message>
    <message>
        <source>Identity check</source>
        <translation>Cek identitas</translation>
    </message>
    <message>
        <source>The answer is usually enough.</source>
        <translation>Jawabannya biasanya cukup.</translation>
    </message>
</context>
<context>
    <name>CheckPanel</name>
    <message>
        <source>Identity check</source>
        <translation>Cek identitas</translation>
    </message>
    <message>
        <source>Type what the caller says. Nothing is shown.</source>
        <translation>Ketik ucapan penelepon. Tidak ada yang ditampilkan.</translation>
    </message>
    <message>
        <source>Other caller</source>
        <translation>Penelepon lain</translation>
    </message>
    <message>
        <source>The next caller has not been checked: begin anew</source>
        <translation>Penelepon berikutnya belum dicek: mulai lagi</translation>
    </message>
    <message>
        <source>Caller verified</source>
        <translation>Penelepon terverifikasi</translation>
    </message>
    <message>
        <source>{a} of {b} needed checks done</source>
        <translation>{a} dari {b} cek wajib selesai</translation>
    </message>
    <message>
        <source>Match. {progress}</source>
        <translation>Cocok. {progress}</translation>
    </message>
    <message>
        <source>No checks while offline</source>
        <translation>Tidak bisa mengecek saat luring</translation>
    </message>
</context>
<context>
    <name>Checking</name>
    <message>
        <source>This cannot be one. It cost no try.</source>
        <translation>Bentuknya tidak mungkin. Kesempatan tidak berkurang.</translation>
    </message>
    <message>
        <source>No tries left for this call. A supervisor can decide.</source>
        <translation>Kesempatan di panggilan ini habis. Supervisor dapat memutuskan.</translation>
    </message>
    <message>
        <source>No tries left for this customer today. A supervisor can decide.</source>
        <translation>Kesempatan untuk pelanggan ini hari ini habis. Supervisor dapat memutuskan.</translation>
    </message>
</context>
<context>
    <name>ChooseActPopover</name>
    <message>
        <source>Use {field}, without showing it</source>
        <translation>Pakai {field} tanpa menampilkannya</translation>
    </message>
    <message>
        <source>Choose what is to be done.</source>
        <translation>Pilih yang akan dilakukan.</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Tindakan</translation>
    </message>
</context>
<context>
    <name>ChosenLine</name>
    <message>
        <source>Each exposure</source>
        <translation>Rincian</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Tampilkan semua</translation>
    </message>
    <message>
        <source>{n} of {whole}</source>
        <translation>{n} dari {whole}</translation>
    </message>
    <message>
        <source>Exposures in the table: {n}</source>
        <translation>Paparan dalam tabel: {n}</translation>
    </message>
    <message>
        <source>Narrowed to {what}: show all again</source>
        <translation>Dipersempit ke {what}: tampilkan semua lagi</translation>
    </message>
</context>
<context>
    <name>ClosedNotices</name>
    <message>
        <source>The notice is back.</source>
        <translation>Pemberitahuan kembali.</translation>
    </message>
</context>
<context>
    <name>CodeBoxes</name>
    <message>
        <source>Code from your authenticator, six digits</source>
        <translation>Kode dari aplikasi autentikator, enam digit</translation>
    </message>
</context>
<context>
    <name>CodePage</name>
    <message>
        <source>Activation code, shown once</source>
        <translation>Kode aktivasi, ditampilkan sekali</translation>
    </message>
    <message>
        <source>It is shown this once. Make a new one if it is lost.</source>
        <translation>Hanya ditampilkan sekali ini. Buat yang baru bila hilang.</translation>
    </message>
    <message>
        <source>I have noted it</source>
        <translation>Sudah saya catat</translation>
    </message>
    <message>
        <source>Activation code</source>
        <translation>Kode aktivasi</translation>
    </message>
    <message>
        <source>It works once a second person has confirmed the reset, for 24 hours from then.</source>
        <translation>Berlaku setelah orang kedua mengonfirmasi setel ulang ini, selama 24 jam sejak itu.</translation>
    </message>
    <message>
        <source>It works once, within 24 hours, on a workstation of this office.</source>
        <translation>Berlaku sekali, dalam 24 jam, di komputer kantor ini.</translation>
    </message>
    <message>
        <source>It is shown this once. If it is lost, take the reset back and ask again.</source>
        <translation>Hanya ditampilkan sekali ini. Bila hilang, tarik kembali penyetelan ulang lalu minta lagi.</translation>
    </message>
    <message>
        <source>Give it to the person yourself, after you have seen who it is.</source>
        <translation>Serahkan sendiri kepada orangnya, setelah Anda melihat siapa dia.</translation>
    </message>
</context>
<context>
    <name>CodePopover</name>
    <message>
        <source>Sends by itself at the sixth digit</source>
        <translation>Terkirim sendiri pada digit keenam</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Batal</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>Memeriksa…</translation>
    </message>
</context>
<context>
    <name>CodeRow</name>
    <message>
        <source>Your code, a fresh one from your authenticator</source>
        <translation>Kode Anda, yang baru dari aplikasi autentikator</translation>
    </message>
</context>
<context>
    <name>Colleagues</name>
    <message>
        <source>{name} now holds: {classes}.</source>
        <translation>{name} kini memegang: {classes}.</translation>
    </message>
</context>
<context>
    <name>ColleaguesPopover</name>
    <message>
        <source>New colleagues</source>
        <translation>Rekan baru</translation>
    </message>
    <message>
        <source>You hand them the keys of the classes below. It is written down with your name.</source>
        <translation>Anda menyerahkan kunci kelas di bawah ini kepada mereka. Ini dicatat atas nama Anda.</translation>
    </message>
    <message>
        <source>A fresh code from your authenticator</source>
        <translation>Kode baru dari aplikasi autentikator</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Batal</translation>
    </message>
    <message>
        <source>Grant</source>
        <translation>Serahkan</translation>
    </message>
    <message>
        <source>Granting…</source>
        <translation>Menyerahkan…</translation>
    </message>
</context>
<context>
    <name>ColumnPopover</name>
    <message>
        <source>Filter</source>
        <translation>Saring</translation>
    </message>
    <message>
        <source>Filter by</source>
        <translation>Saring menurut</translation>
    </message>
</context>
<context>
    <name>ColumnsPopover</name>
    <message>
        <source>Columns</source>
        <translation>Kolom</translation>
    </message>
    <message>
        <source>Space shows or hides one, Alt with an arrow moves it.</source>
        <translation>Spasi menampilkan atau menyembunyikan, Alt dengan panah memindahkan.</translation>
    </message>
    <message>
        <source>Usual columns</source>
        <translation>Kolom biasa</translation>
    </message>
</context>
<context>
    <name>CompliancePage</name>
    <message>
        <source>What law and standards ask, and what the office shows for it now.</source>
        <translation>Yang diminta hukum dan standar, dan yang ditunjukkan kantor sekarang.</translation>
    </message>
    <message>
        <source>Compliance</source>
        <translation>Kepatuhan</translation>
    </message>
    <message>
        <source>Looking at the office</source>
        <translation>Memeriksa kantor</translation>
    </message>
    <message>
        <source>Stop looking at the office</source>
        <translation>Hentikan pemeriksaan kantor</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Article</source>
        <translation>Pasal</translation>
    </message>
    <message>
        <source>What is asked</source>
        <translation>Yang diminta</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>Bukti</translation>
    </message>
    <message>
        <source>Controls</source>
        <translation>Kontrol</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Laporan</translation>
    </message>
    <message>
        <source>Access review</source>
        <translation>Tinjauan hak akses</translation>
    </message>
    <message>
        <source>Impact assessment</source>
        <translation>Penilaian dampak</translation>
    </message>
    <message>
        <source>Evidence pack</source>
        <translation>Paket bukti</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Semua</translation>
    </message>
    <message>
        <source>Not met here</source>
        <translation>Tidak terpenuhi di sini</translation>
    </message>
    <message>
        <source>Over time</source>
        <translation>Dari waktu ke waktu</translation>
    </message>
    <message>
        <source>Stopped. What stands here is from an earlier look.</source>
        <translation>Dihentikan. Yang tampil berasal dari pemeriksaan sebelumnya.</translation>
    </message>
    <message>
        <source>The office looks at itself: {n} of {total} parts</source>
        <translation>Kantor memeriksa dirinya: {n} dari {total} bagian</translation>
    </message>
    <message>
        <source>Met</source>
        <translation>Terpenuhi</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Membaca…</translation>
    </message>
    <message>
        <source>There is no plot here now.</source>
        <translation>Tidak ada grafik di sini sekarang.</translation>
    </message>
    <message>
        <source>Making it…</source>
        <translation>Sedang dibuat…</translation>
    </message>
    <message>
        <source>Saved as {path}. It stays there: no wipe removes it. Audit entry {n}.</source>
        <translation>Disimpan sebagai {path}. Berkas itu tetap ada: tidak dihapus oleh pembersihan. Entri audit {n}.</translation>
    </message>
    <message>
        <source>Stopped. Nothing was saved.</source>
        <translation>Dihentikan. Tidak ada yang disimpan.</translation>
    </message>
    <message>
        <source>Stopped. Nothing was saved; entry {n} says that it was made.</source>
        <translation>Dihentikan. Tidak ada yang disimpan; entri {n} menyebut bahwa dokumen dibuat.</translation>
    </message>
</context>
<context>
    <name>ConflictChoice</name>
    <message>
        <source>{name} changed this at {t} while you typed. Both are kept, choose one.</source>
        <translation>{name} mengubah ini pukul {t} saat Anda mengetik. Keduanya disimpan, pilih satu.</translation>
    </message>
    <message>
        <source>An import changed this at {t} while you typed. Both are kept, choose one.</source>
        <translation>Impor mengubah ini pukul {t} saat Anda mengetik. Keduanya disimpan, pilih satu.</translation>
    </message>
    <message>
        <source>{name} changed this at {t} before it was removed. Nothing is removed yet, choose.</source>
        <translation>{name} mengubah ini pukul {t} sebelum dihapus. Belum ada yang dihapus, pilih.</translation>
    </message>
    <message>
        <source>An import changed this at {t} before it was removed. Nothing is removed yet, choose.</source>
        <translation>Impor mengubah ini pukul {t} sebelum dihapus. Belum ada yang dihapus, pilih.</translation>
    </message>
    <message>
        <source>Keep theirs</source>
        <translation>Pakai yang itu</translation>
    </message>
    <message>
        <source>Put mine on top</source>
        <translation>Pakai milik saya</translation>
    </message>
    <message>
        <source>Remove it all the same</source>
        <translation>Tetap hapus</translation>
    </message>
    <message>
        <source>No value</source>
        <translation>Tanpa nilai</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Impor</translation>
    </message>
    <message>
        <source>You</source>
        <translation>Anda</translation>
    </message>
</context>
<context>
    <name>ConsentForm</name>
    <message>
        <source>Read aloud, word by word:</source>
        <translation>Bacakan, kata demi kata:</translation>
    </message>
    <message>
        <source>What is withdrawn:</source>
        <translation>Yang ditarik:</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Bahasa</translation>
    </message>
    <message>
        <source>How</source>
        <translation>Cara</translation>
    </message>
    <message>
        <source>Who says it</source>
        <translation>Yang mengatakan</translation>
    </message>
    <message>
        <source>How you know</source>
        <translation>Dipastikan dengan</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>Referensi</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Batal</translation>
    </message>
    <message>
        <source>The customer agrees</source>
        <translation>Pelanggan setuju</translation>
    </message>
    <message>
        <source>The customer withdraws</source>
        <translation>Pelanggan menarik</translation>
    </message>
    <message>
        <source>of the recording</source>
        <translation>rekaman</translation>
    </message>
    <message>
        <source>of the letter</source>
        <translation>surat</translation>
    </message>
    <message>
        <source>of the evidence that was seen</source>
        <translation>dari bukti yang dilihat</translation>
    </message>
    <message>
        <source>Note the reference of the recording.</source>
        <translation>Catat referensi rekamannya.</translation>
    </message>
    <message>
        <source>Writing it down…</source>
        <translation>Mencatat…</translation>
    </message>
</context>
<context>
    <name>Context</name>
    <message>
        <source>usual: {a} to {b} a day</source>
        <translation>biasanya {a} sampai {b} sehari</translation>
    </message>
    <message>
        <source>none in the 30 days before</source>
        <translation>tidak ada dalam 30 hari sebelumnya</translation>
    </message>
    <message>
        <source>{n} requests today</source>
        <translation>{n} permintaan hari ini</translation>
    </message>
    <message>
        <source>{n} request today</source>
        <translation>{n} permintaan hari ini</translation>
    </message>
    <message>
        <source>First for this customer</source>
        <translation>Pertama untuk pelanggan ini</translation>
    </message>
    <message>
        <source>Asked before for this customer: {n}</source>
        <translation>Sudah diminta untuk pelanggan ini: {n}</translation>
    </message>
    <message>
        <source>in 30 days</source>
        <translation>dalam 30 hari</translation>
    </message>
    <message>
        <source>{n} refused this week</source>
        <translation>{n} ditolak minggu ini</translation>
    </message>
    <message>
        <source>none in 30 days</source>
        <translation>tidak ada dalam 30 hari</translation>
    </message>
    <message>
        <source>last one {t}</source>
        <translation>terakhir {t}</translation>
    </message>
    <message>
        <source>No refusals this week</source>
        <translation>Tidak ada penolakan minggu ini</translation>
    </message>
    <message>
        <source>30 days: {a} asked, {b} granted, {c} refused, {d} expired</source>
        <translation>30 hari: {a} diminta, {b} disetujui, {c} ditolak, {d} kedaluwarsa</translation>
    </message>
    <message>
        <source>Last requests of {name}</source>
        <translation>Permintaan terakhir {name}</translation>
    </message>
</context>
<context>
    <name>CurrentFactors</name>
    <message>
        <source>Current password</source>
        <translation>Kata sandi sekarang</translation>
    </message>
</context>
<context>
    <name>Curtain</name>
    <message>
        <source>open</source>
        <translation>terbuka</translation>
    </message>
    <message>
        <source>behind the curtain</source>
        <translation>di balik tirai</translation>
    </message>
    <message>
        <source>plus</source>
        <translation>plus</translation>
    </message>
    <message>
        <source>ends {text}</source>
        <translation>akhiran {text}</translation>
    </message>
    <message>
        <source>Opening…</source>
        <translation>Membuka…</translation>
    </message>
    <message>
        <source>closes in {n}</source>
        <translation>tutup {n}</translation>
    </message>
    <message>
        <source>{n} s</source>
        <translation>{n} dtk</translation>
    </message>
</context>
<context>
    <name>CustomerCard</name>
    <message>
        <source>Sign in as supervisor here</source>
        <translation>Masuk sebagai supervisor di sini</translation>
    </message>
    <message>
        <source>No customer is open. Search on the left, and press Return.</source>
        <translation>Belum ada pelanggan yang terbuka. Cari di kiri, lalu tekan Enter.</translation>
    </message>
    <message>
        <source>Find a customer</source>
        <translation>Cari pelanggan</translation>
    </message>
    <message>
        <source>Who saw this</source>
        <translation>Siapa yang melihat</translation>
    </message>
    <message>
        <source>Not kept: {fields}</source>
        <translation>Tidak disimpan: {fields}</translation>
    </message>
</context>
<context>
    <name>CustomerFlow</name>
    <message>
        <source>Type the whole number. Parts of a hidden number are never searched.</source>
        <translation>Ketik nomor lengkap. Potongan nomor tersembunyi tidak pernah dicari.</translation>
    </message>
    <message>
        <source>That was fast. Wait a minute, then look up the next one.</source>
        <translation>Terlalu cepat. Tunggu satu menit, lalu cari yang berikutnya.</translation>
    </message>
    <message>
        <source>All lookups of this shift are used. A supervisor can help.</source>
        <translation>Semua pencarian nomor di giliran ini habis. Supervisor dapat membantu.</translation>
    </message>
</context>
<context>
    <name>CustomerModel</name>
    <message>
        <source>{column}, sorted downwards</source>
        <translation>{column}, urut turun</translation>
    </message>
    <message>
        <source>{column}, sorted upwards</source>
        <translation>{column}, urut naik</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nama</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Nomor</translation>
    </message>
    <message>
        <source>City</source>
        <translation>Kota</translation>
    </message>
    <message>
        <source>Mobile phone</source>
        <translation>Nomor HP</translation>
    </message>
    <message>
        <source>Ticket</source>
        <translation>Tiket</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Antrean</translation>
    </message>
    <message>
        <source>Last contact</source>
        <translation>Kontak terakhir</translation>
    </message>
    <message>
        <source>changed just now</source>
        <translation>baru saja berubah</translation>
    </message>
</context>
<context>
    <name>DecidedList</name>
    <message>
        <source>Decided today</source>
        <translation>Diputuskan hari ini</translation>
    </message>
    <message>
        <source>you</source>
        <translation>Anda</translation>
    </message>
</context>
<context>
    <name>Decision</name>
    <message>
        <source>Usable for</source>
        <translation>Berlaku selama</translation>
    </message>
    <message>
        <source>{n} s</source>
        <translation>{n} dtk</translation>
    </message>
    <message>
        <source>once, for {n} s, at that desk only</source>
        <translation>sekali, {n} dtk, hanya di meja itu</translation>
    </message>
    <message>
        <source>Deny…</source>
        <translation>Tolak…</translation>
    </message>
    <message>
        <source>Ask back…</source>
        <translation>Tanya balik…</translation>
    </message>
    <message>
        <source>Why not? The agent reads this.</source>
        <translation>Mengapa ditolak? Agen membaca ini.</translation>
    </message>
    <message>
        <source>Reason for the refusal</source>
        <translation>Alasan penolakan</translation>
    </message>
    <message>
        <source>Deny</source>
        <translation>Tolak</translation>
    </message>
    <message>
        <source>Your question. The agent asks anew with the answer.</source>
        <translation>Pertanyaan Anda. Agen meminta lagi dengan jawabannya.</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>Pertanyaan</translation>
    </message>
    <message>
        <source>Ask back</source>
        <translation>Tanya balik</translation>
    </message>
    <message>
        <source>Approve for {n} s</source>
        <translation>Setujui {n} dtk</translation>
    </message>
</context>
<context>
    <name>DeskPanel</name>
    <message>
        <source>{name}: finished.</source>
        <translation>{name}: selesai.</translation>
    </message>
</context>
<context>
    <name>DetachQuestion</name>
    <message>
        <source>It is nobody’s again, and the identity is checked anew. Both entries stay in the register.</source>
        <translation>Permintaan kembali tanpa pelanggan, dan identitas diperiksa lagi. Kedua catatan tetap ada di register.</translation>
    </message>
    <message>
        <source>A copy of this customer’s data was made. If it was handed over, report an incident.</source>
        <translation>Salinan data pelanggan ini sudah dibuat. Jika sudah diserahkan, laporkan insiden.</translation>
    </message>
    <message>
        <source>It is not this customer’s</source>
        <translation>Bukan milik pelanggan ini</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Batal</translation>
    </message>
</context>
<context>
    <name>Detail</name>
    <message>
        <source>The agent’s console is locked. The request waits; you can approve once they are back.</source>
        <translation>Konsol agen terkunci. Permintaan menunggu; Anda dapat menyetujui setelah ia kembali.</translation>
    </message>
    <message>
        <source>The value goes to the agent’s screen, never to yours. You sign the grant, and it stands in the log first.</source>
        <translation>Nilainya tampil di layar agen, tidak pernah di layar Anda. Anda menandatangani izinnya, dan itu dicatat lebih dulu.</translation>
    </message>
    <message>
        <source>No request waits. New ones appear here by themselves.</source>
        <translation>Tidak ada permintaan. Yang baru muncul sendiri di sini.</translation>
    </message>
    <message>
        <source>Step-up good for {t}</source>
        <translation>Kode berlaku {t} lagi</translation>
    </message>
    <message>
        <source>Asks for your code</source>
        <translation>Meminta kode Anda</translation>
    </message>
</context>
<context>
    <name>DetailPage</name>
    <message>
        <source>Role</source>
        <translation>Peran</translation>
    </message>
    <message>
        <source>Queues</source>
        <translation>Antrean</translation>
    </message>
    <message>
        <source>Last sign-in</source>
        <translation>Masuk terakhir</translation>
    </message>
    <message>
        <source>Holds</source>
        <translation>Memegang</translation>
    </message>
    <message>
        <source>Waits for</source>
        <translation>Menunggu</translation>
    </message>
    <message>
        <source>Somebody who holds a class hands it over, in the session bar under New colleagues.</source>
        <translation>Pemegang kelas menyerahkannya, di bilah sesi pada Rekan baru.</translation>
    </message>
    <message>
        <source>{n} in a row at this workstation</source>
        <translation>{n} kali berturut-turut di komputer ini</translation>
    </message>
    <message>
        <source>The next is judged in {t}.</source>
        <translation>Berikutnya dinilai dalam {t}.</translation>
    </message>
    <message>
        <source>Failed tries</source>
        <translation>Percobaan gagal</translation>
    </message>
    <message>
        <source>Let them try again</source>
        <translation>Izinkan mencoba lagi</translation>
    </message>
    <message>
        <source>Running sessions</source>
        <translation>Sesi yang berjalan</translation>
    </message>
    <message>
        <source>Console</source>
        <translation>Konsol</translation>
    </message>
    <message>
        <source>Approval at the desk</source>
        <translation>Persetujuan di meja</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Perintah</translation>
    </message>
    <message>
        <source>New authenticator</source>
        <translation>Autentikator baru</translation>
    </message>
    <message>
        <source>{seat}, since {t}</source>
        <translation>{seat}, sejak {t}</translation>
    </message>
    <message>
        <source>End these sessions</source>
        <translation>Akhiri sesi ini</translation>
    </message>
    <message>
        <source>This is your own account. Another administrator changes it.</source>
        <translation>Ini akun Anda sendiri. Administrator lain yang mengubahnya.</translation>
    </message>
    <message>
        <source>Open again…</source>
        <translation>Buka lagi…</translation>
    </message>
    <message>
        <source>Reset…</source>
        <translation>Setel ulang…</translation>
    </message>
    <message>
        <source>New activation code…</source>
        <translation>Kode aktivasi baru…</translation>
    </message>
    <message>
        <source>Role and queues…</source>
        <translation>Peran dan antrean…</translation>
    </message>
    <message>
        <source>New activation code</source>
        <translation>Kode aktivasi baru</translation>
    </message>
    <message>
        <source>Close account…</source>
        <translation>Tutup akun…</translation>
    </message>
    <message>
        <source>Nobody else holds a class of this account, so it cannot be closed.</source>
        <translation>Tidak ada orang lain yang memegang salah satu kelas akun ini, jadi tidak bisa ditutup.</translation>
    </message>
    <message>
        <source>This is the last administrator, so the account cannot be closed.</source>
        <translation>Ini administrator terakhir, jadi akunnya tidak bisa ditutup.</translation>
    </message>
    <message>
        <source>Close this account? Its sessions end at once, and its classes and keys go. Notes and log entries stay. To open it again takes a second person.</source>
        <translation>Tutup akun ini? Sesinya langsung berakhir, kelas dan kuncinya hilang. Catatan dan entri log tetap ada. Membukanya lagi butuh orang kedua.</translation>
    </message>
    <message>
        <source>Close account</source>
        <translation>Tutup akun</translation>
    </message>
    <message>
        <source>A reset voids password, authenticator and keys. You get an activation code for the person, which works once a second person has confirmed. Nobody sees or sets a password.</source>
        <translation>Setel ulang membatalkan kata sandi, autentikator, dan kunci. Anda mendapat kode aktivasi untuk orangnya, yang berlaku setelah orang kedua mengonfirmasi. Tidak ada yang melihat atau menentukan kata sandi.</translation>
    </message>
    <message>
        <source>A new code takes a second person again: whoever has it becomes this person, and colleagues would hand them classes.</source>
        <translation>Kode baru perlu orang kedua lagi: siapa pun yang memegangnya menjadi orang ini, dan rekan kerja akan menyerahkan kelas kepadanya.</translation>
    </message>
    <message>
        <source>The old code works until the new one is confirmed.</source>
        <translation>Kode lama berlaku sampai yang baru dikonfirmasi.</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Alasan</translation>
    </message>
    <message>
        <source>Ask a second person</source>
        <translation>Minta orang kedua</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Batal</translation>
    </message>
    <message>
        <source>{id}, the one you sit at</source>
        <translation>{id}, tempat Anda duduk</translation>
    </message>
    <message>
        <source>Revoked by {name}, {t}. Nobody signs in from it.</source>
        <translation>Dicabut oleh {name}, {t}. Tidak ada yang bisa masuk dari sini.</translation>
    </message>
    <message>
        <source>Two computers have the key of this workstation; one came in between the other’s, last {t}. Revoke it, have its keyring’s entry removed on both, and enrol each anew.</source>
        <translation>Dua komputer memiliki kunci komputer ini; yang satu muncul di antara kabar yang lain, terakhir {t}. Cabut, minta entri keyring-nya dihapus di keduanya, lalu daftarkan masing-masing kembali.</translation>
    </message>
    <message>
        <source>Last seen</source>
        <translation>Terakhir terlihat</translation>
    </message>
    <message>
        <source>First seen</source>
        <translation>Pertama terlihat</translation>
    </message>
    <message>
        <source>Known</source>
        <translation>Dikenal</translation>
    </message>
    <message>
        <source>Invited by</source>
        <translation>Diundang oleh</translation>
    </message>
    <message>
        <source>Key proved</source>
        <translation>Kunci terbukti</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Versi</translation>
    </message>
    <message>
        <source>Policy</source>
        <translation>Kebijakan</translation>
    </message>
    <message>
        <source>Set by IT there</source>
        <translation>Diatur IT di sana</translation>
    </message>
    <message>
        <source>Self-check</source>
        <translation>Periksa diri</translation>
    </message>
    <message>
        <source>Self-check, part by part</source>
        <translation>Periksa diri, per bagian</translation>
    </message>
    <message>
        <source>Protection by its own system</source>
        <translation>Pelindungan oleh sistemnya sendiri</translation>
    </message>
    <message>
        <source>No console there has told anything yet.</source>
        <translation>Belum ada konsol di sana yang melapor.</translation>
    </message>
    <message>
        <source>{kind}, locked, since {t}</source>
        <translation>{kind}, terkunci, sejak {t}</translation>
    </message>
    <message>
        <source>{kind}, since {t}</source>
        <translation>{kind}, sejak {t}</translation>
    </message>
    <message>
        <source>Wipes</source>
        <translation>Penghapusan</translation>
    </message>
    <message>
        <source>{t}, by {name}: {reason}</source>
        <translation>{t}, oleh {name}: {reason}</translation>
    </message>
    <message>
        <source>Wipe…</source>
        <translation>Hapus…</translation>
    </message>
    <message>
        <source>Revoke…</source>
        <translation>Cabut…</translation>
    </message>
    <message>
        <source>Allow again</source>
        <translation>Izinkan lagi</translation>
    </message>
    <message>
        <source>No session has left anything here that is not proved wiped.</source>
        <translation>Tidak ada peninggalan sesi di sini yang belum terbukti terhapus.</translation>
    </message>
    <message>
        <source>Wipe this workstation? Sessions there end at once, and their local copies are destroyed as soon as it hears of it. What waits in an outbox stays.</source>
        <translation>Hapus komputer ini? Sesi di sana langsung berakhir, dan salinan lokalnya dimusnahkan begitu komputer itu mendengarnya. Yang menunggu di kotak keluar tetap ada.</translation>
    </message>
    <message>
        <source>Your own session goes on.</source>
        <translation>Sesi Anda sendiri berlanjut.</translation>
    </message>
    <message>
        <source>Wipe</source>
        <translation>Hapus</translation>
    </message>
    <message>
        <source>Revoke this workstation? Nobody signs in from it until it is allowed again. What runs there ends, and what was left there is wiped.</source>
        <translation>Cabut komputer ini? Tidak ada yang bisa masuk dari sini sampai diizinkan lagi. Yang berjalan di sana berakhir, dan yang tertinggal dihapus.</translation>
    </message>
    <message>
        <source>Revoke</source>
        <translation>Cabut</translation>
    </message>
</context>
<context>
    <name>DifferencePage</name>
    <message>
        <source>Your edit</source>
        <translation>Perubahan Anda</translation>
    </message>
    <message>
        <source>Nothing of it is in force yet.</source>
        <translation>Belum ada yang berlaku.</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Alasan</translation>
    </message>
    <message>
        <source>A supervisor or a privacy officer confirms it. Both need a fresh code.</source>
        <translation>Supervisor atau petugas privasi mengonfirmasinya. Keduanya perlu kode baru.</translation>
    </message>
    <message>
        <source>Propose</source>
        <translation>Usulkan</translation>
    </message>
    <message>
        <source>Say why, for whoever confirms it.</source>
        <translation>Tulis alasannya untuk yang mengonfirmasi.</translation>
    </message>
    <message>
        <source>As text</source>
        <translation>Sebagai teks</translation>
    </message>
    <message>
        <source>Drop it</source>
        <translation>Buang</translation>
    </message>
    <message>
        <source>Waits for a second person.</source>
        <translation>Menunggu orang kedua.</translation>
    </message>
    <message>
        <source>{name} ({account}), {t}</source>
        <translation>{name} ({account}), {t}</translation>
    </message>
    <message>
        <source>Proposed by</source>
        <translation>Diusulkan oleh</translation>
    </message>
    <message>
        <source>Good until</source>
        <translation>Berlaku sampai</translation>
    </message>
    <message>
        <source>It is in force at once. Confirm only if you want each of these changes.</source>
        <translation>Langsung berlaku. Konfirmasi hanya jika Anda menghendaki setiap perubahan ini.</translation>
    </message>
    <message>
        <source>Confirm</source>
        <translation>Konfirmasi</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Tarik kembali</translation>
    </message>
    <message>
        <source>Refuse</source>
        <translation>Tolak</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Kembali</translation>
    </message>
    <message>
        <source>This changes nothing.</source>
        <translation>Ini tidak mengubah apa pun.</translation>
    </message>
    <message>
        <source>Only &quot;Other&quot; is left to ask with. Add reasons.</source>
        <translation>Untuk meminta hanya tersisa &quot;Lainnya&quot;. Tambahkan alasan.</translation>
    </message>
    <message>
        <source>What changes, as TOML</source>
        <translation>Yang berubah, sebagai TOML</translation>
    </message>
    <message>
        <source>Lines of TOML</source>
        <translation>Baris TOML</translation>
    </message>
</context>
<context>
    <name>DisplayPopover</name>
    <message>
        <source>Display</source>
        <translation>Tampilan</translation>
    </message>
    <message>
        <source>System</source>
        <translation>Sistem</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Terang</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Gelap</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>Kontras tinggi</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Warna</translation>
    </message>
    <message>
        <source>Compact</source>
        <translation>Rapat</translation>
    </message>
    <message>
        <source>Comfortable</source>
        <translation>Lapang</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>Baris</translation>
    </message>
    <message>
        <source>As the system says</source>
        <translation>Ikut sistem</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Tanpa gerak</translation>
    </message>
    <message>
        <source>Motion</source>
        <translation>Gerak</translation>
    </message>
    <message>
        <source>Kept for you at this workstation.</source>
        <translation>Disimpan untuk Anda di komputer ini.</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Bahasa</translation>
    </message>
    <message>
        <source>Size of the text</source>
        <translation>Ukuran teks</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>Perkecil teks</translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation>Perbesar teks</translation>
    </message>
    <message>
        <source>{n} %</source>
        <translation>{n} %</translation>
    </message>
    <message>
        <source>No further</source>
        <translation>Sudah batasnya</translation>
    </message>
</context>
<context>
    <name>DueStrip</name>
    <message>
        <source>Show</source>
        <translation>Tampilkan</translation>
    </message>
</context>
<context>
    <name>EditMenu</name>
    <message>
        <source>Change a field</source>
        <translation>Ubah satu kolom</translation>
    </message>
    <message>
        <source>Add {field}</source>
        <translation>Tambah {field}</translation>
    </message>
</context>
<context>
    <name>EditRow</name>
    <message>
        <source>nothing kept</source>
        <translation>belum ada</translation>
    </message>
    <message>
        <source>new value</source>
        <translation>nilai baru</translation>
    </message>
    <message>
        <source>New value for {field}</source>
        <translation>Nilai baru untuk {field}</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Simpan</translation>
    </message>
    <message>
        <source>Leave it as it is</source>
        <translation>Biarkan seperti semula</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>Versi</translation>
    </message>
    <message>
        <source>Return saves, Esc leaves.</source>
        <translation>Enter menyimpan, Esc membatalkan.</translation>
    </message>
    <message>
        <source>Return saves, Esc leaves. The value before stays sealed.</source>
        <translation>Enter menyimpan, Esc membatalkan. Nilai sebelumnya tetap tersegel.</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>Menyimpan…</translation>
    </message>
    <message>
        <source>Removing…</source>
        <translation>Menghapus…</translation>
    </message>
</context>
<context>
    <name>EmptyCard</name>
    <message>
        <source>Look at 30 days</source>
        <translation>Lihat 30 hari</translation>
    </message>
    <message>
        <source>Nobody has opened anything in this time.</source>
        <translation>Tidak ada yang membuka apa pun dalam waktu ini.</translation>
    </message>
</context>
<context>
    <name>EndBar</name>
    <message>
        <source>This session ends in {t}: it has lasted as long as one may.</source>
        <translation>Sesi ini berakhir dalam {t}: batas lama sesi tercapai.</translation>
    </message>
    <message>
        <source>The back office does not answer. This session ends in {t}, for want of contact.</source>
        <translation>Back office tidak menjawab. Sesi ini berakhir dalam {t} karena tanpa kontak.</translation>
    </message>
    <message>
        <source>Your call goes on.</source>
        <translation>Panggilan Anda tetap berjalan.</translation>
    </message>
    <message>
        <source>You can sign in again at once.</source>
        <translation>Anda dapat langsung masuk lagi.</translation>
    </message>
</context>
<context>
    <name>EndsPopover</name>
    <message>
        <source>What happens at the end</source>
        <translation>Yang terjadi di akhir</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Tutup</translation>
    </message>
</context>
<context>
    <name>EnrolmentScreen</name>
    <message>
        <source>Activation code</source>
        <translation>Kode aktivasi</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Kata sandi</translation>
    </message>
    <message>
        <source>Authenticator</source>
        <translation>Autentikator</translation>
    </message>
    <message>
        <source>Recovery codes</source>
        <translation>Kode pemulihan</translation>
    </message>
    <message>
        <source>Set up your account</source>
        <translation>Siapkan akun Anda</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>Memeriksa…</translation>
    </message>
    <message>
        <source>Account and activation code are both needed.</source>
        <translation>Akun dan kode aktivasi perlu diisi.</translation>
    </message>
    <message>
        <source>I have them</source>
        <translation>Sudah saya simpan</translation>
    </message>
    <message>
        <source>This set-up ends by itself in {t}</source>
        <translation>Penyiapan ini berakhir sendiri dalam {t}</translation>
    </message>
    <message>
        <source>This set-up took longer than 5 minutes. Start again.</source>
        <translation>Penyiapan ini lebih dari 5 menit. Mulai lagi.</translation>
    </message>
</context>
<context>
    <name>EntryPage</name>
    <message>
        <source>Choose an entry to see it in words, and its place in the chain.</source>
        <translation>Pilih sebuah entri untuk melihat isinya dan tempatnya dalam rantai.</translation>
    </message>
    <message>
        <source>Entry {n}</source>
        <translation>Entri {n}</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Waktu</translation>
    </message>
    <message>
        <source>By</source>
        <translation>Oleh</translation>
    </message>
    <message>
        <source>Nobody known</source>
        <translation>Tidak diketahui</translation>
    </message>
    <message>
        <source>Together with</source>
        <translation>Bersama</translation>
    </message>
    <message>
        <source>Workstation</source>
        <translation>Komputer</translation>
    </message>
    <message>
        <source>All entries of {account}</source>
        <translation>Semua entri {account}</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Kelas</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Kolom</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Alasan</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>Rincian</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>Subjek</translation>
    </message>
    <message>
        <source>All entries of this subject</source>
        <translation>Semua entri subjek ini</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>Rujukan</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>Sesi</translation>
    </message>
    <message>
        <source>Place in the chain</source>
        <translation>Tempat dalam rantai</translation>
    </message>
    <message>
        <source>Its hash follows from its words and the entry before it.</source>
        <translation>Hash-nya sesuai dengan isinya dan entri sebelumnya.</translation>
    </message>
    <message>
        <source>Its hash does not follow. Verify the chain now.</source>
        <translation>Hash-nya tidak sesuai. Verifikasi rantai sekarang.</translation>
    </message>
    <message>
        <source>The office’s signature over entry {n} holds.</source>
        <translation>Tanda tangan kantor atas entri {n} sah.</translation>
    </message>
    <message>
        <source>The office’s signature over entry {n} does not hold.</source>
        <translation>Tanda tangan kantor atas entri {n} tidak sah.</translation>
    </message>
    <message>
        <source>Not signed yet; the next signature covers it.</source>
        <translation>Belum ditandatangani; tanda tangan berikutnya mencakupnya.</translation>
    </message>
    <message>
        <source>Hash</source>
        <translation>Hash</translation>
    </message>
    <message>
        <source>Hash before</source>
        <translation>Hash sebelumnya</translation>
    </message>
</context>
<context>
    <name>ErasurePage</name>
    <message>
        <source>Making the letters</source>
        <translation>Pembuatan surat</translation>
    </message>
    <message>
        <source>Stop making the letters</source>
        <translation>Hentikan pembuatan surat</translation>
    </message>
    <message>
        <source>One person proposes, another approves; one of the two is a privacy officer. The log stays.</source>
        <translation>Satu orang mengusulkan, orang lain menyetujui; salah satunya petugas privasi. Log tetap ada.</translation>
    </message>
    <message>
        <source>Erasure</source>
        <translation>Penghapusan</translation>
    </message>
    <message>
        <source>Propose</source>
        <translation>Usulkan</translation>
    </message>
    <message>
        <source>What is done</source>
        <translation>Tindakan</translation>
    </message>
    <message>
        <source>Ground</source>
        <translation>Alasan</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>No.</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Tindakan</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Customers</source>
        <translation>Pelanggan</translation>
    </message>
    <message>
        <source>Proposed by</source>
        <translation>Diusulkan oleh</translation>
    </message>
    <message>
        <source>Approved by</source>
        <translation>Disetujui oleh</translation>
    </message>
    <message>
        <source>Orders</source>
        <translation>Perintah</translation>
    </message>
    <message>
        <source>No order so far. Propose one above; what is past its time is proposed under Retention.</source>
        <translation>Belum ada perintah. Usulkan di atas; yang lewat masa simpannya diusulkan di Retensi.</translation>
    </message>
    <message>
        <source>Approve and erase</source>
        <translation>Setujui dan hapus</translation>
    </message>
    <message>
        <source>Refuse</source>
        <translation>Tolak</translation>
    </message>
    <message>
        <source>Letters to the people…</source>
        <translation>Surat untuk orangnya…</translation>
    </message>
    <message>
        <source>One PDF for each in both languages, and a list of references, in a ZIP</source>
        <translation>Satu PDF dalam dua bahasa untuk setiap orang, dan daftar nomor surat, dalam satu ZIP</translation>
    </message>
    <message>
        <source>Save certificate</source>
        <translation>Simpan berita acara</translation>
    </message>
    <message>
        <source> and {n} more</source>
        <translation> dan {n} lagi</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Tarik kembali</translation>
    </message>
    <message>
        <source>Order {n}: {state}</source>
        <translation>Perintah {n}: {state}</translation>
    </message>
    <message>
        <source>Order {n} waits for somebody else’s approval.</source>
        <translation>Perintah {n} menunggu persetujuan orang lain.</translation>
    </message>
    <message>
        <source>Approved. It runs, and its certificate follows.</source>
        <translation>Disetujui. Perintah berjalan, berita acaranya menyusul.</translation>
    </message>
    <message>
        <source>Taken back.</source>
        <translation>Ditarik kembali.</translation>
    </message>
    <message>
        <source>Refused.</source>
        <translation>Ditolak.</translation>
    </message>
    <message>
        <source>Saved as {path}, and the signed JSON beside it.</source>
        <translation>Disimpan sebagai {path}, dengan JSON bertanda tangan di sebelahnya.</translation>
    </message>
    <message>
        <source>{n} letters, saved as {path}. They stay there: no wipe removes them.</source>
        <translation>{n} surat, disimpan sebagai {path}. Berkas itu tetap ada: tidak dihapus oleh pembersihan.</translation>
    </message>
</context>
<context>
    <name>ExportForm</name>
    <message>
        <source>What is protected</source>
        <translation>Yang dilindungi</translation>
    </message>
    <message>
        <source>What is protected…</source>
        <translation>Yang dilindungi…</translation>
    </message>
    <message>
        <source>k at least</source>
        <translation>k paling sedikit</translation>
    </message>
    <message>
        <source>k at least {n}</source>
        <translation>k paling sedikit {n}</translation>
    </message>
    <message>
        <source>l at least</source>
        <translation>l paling sedikit</translation>
    </message>
    <message>
        <source>l at least {n}</source>
        <translation>l paling sedikit {n}</translation>
    </message>
    <message>
        <source>t at most</source>
        <translation>t paling banyak</translation>
    </message>
    <message>
        <source>t at most 0.{n}</source>
        <translation>t paling banyak 0,{n}</translation>
    </message>
    <message>
        <source>Propose</source>
        <translation>Usulkan</translation>
    </message>
    <message>
        <source>Known to outsiders, {n}</source>
        <translation>Diketahui orang luar, {n}</translation>
    </message>
    <message>
        <source>Known to outsiders…</source>
        <translation>Diketahui orang luar…</translation>
    </message>
    <message>
        <source>No second field</source>
        <translation>Tanpa kolom kedua</translation>
    </message>
    <message>
        <source>No third field</source>
        <translation>Tanpa kolom ketiga</translation>
    </message>
    <message>
        <source>No fourth field</source>
        <translation>Tanpa kolom keempat</translation>
    </message>
    <message>
        <source>No fifth field</source>
        <translation>Tanpa kolom kelima</translation>
    </message>
    <message>
        <source>No sixth field</source>
        <translation>Tanpa kolom keenam</translation>
    </message>
</context>
<context>
    <name>ExportsPage</name>
    <message>
        <source>Making the export</source>
        <translation>Membuat ekspor</translation>
    </message>
    <message>
        <source>Stop making the export</source>
        <translation>Hentikan pembuatan ekspor</translation>
    </message>
    <message>
        <source>Coarse values without names, for statistics. One person proposes, another approves.</source>
        <translation>Nilai kasar tanpa nama, untuk statistik. Satu orang mengusulkan, orang lain menyetujui.</translation>
    </message>
    <message>
        <source>Analytics exports</source>
        <translation>Ekspor analitik</translation>
    </message>
    <message>
        <source>Proposed</source>
        <translation>Diusulkan</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Known, and protected</source>
        <translation>Diketahui, dan dilindungi</translation>
    </message>
    <message>
        <source>Found again</source>
        <translation>Ditemukan lagi</translation>
    </message>
    <message>
        <source>Exports</source>
        <translation>Ekspor</translation>
    </message>
    <message>
        <source>No export so far. Choose above what outsiders know already and what is protected.</source>
        <translation>Belum ada ekspor. Pilih di atas apa yang sudah diketahui orang luar dan apa yang dilindungi.</translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>Setujui</translation>
    </message>
    <message>
        <source>Make the file</source>
        <translation>Buat berkas</translation>
    </message>
    <message>
        <source>Refuse</source>
        <translation>Tolak</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Tarik kembali</translation>
    </message>
    <message>
        <source>Choose what outsiders may know, and what is to be protected.</source>
        <translation>Pilih yang mungkin diketahui orang luar, dan yang dilindungi.</translation>
    </message>
    <message>
        <source>The export waits for somebody else’s approval.</source>
        <translation>Ekspor menunggu persetujuan orang lain.</translation>
    </message>
    <message>
        <source>Approved. Whoever proposed it makes it.</source>
        <translation>Disetujui. Yang mengusulkan membuatnya.</translation>
    </message>
    <message>
        <source>Taken back.</source>
        <translation>Ditarik kembali.</translation>
    </message>
    <message>
        <source>Refused.</source>
        <translation>Ditolak.</translation>
    </message>
    <message>
        <source>Saved as {path}, and its report beside it. It stays there: no wipe removes it.</source>
        <translation>Disimpan sebagai {path}, dengan laporannya di sebelahnya. Berkas tetap di sana: tidak dihapus oleh penghapusan apa pun.</translation>
    </message>
    <message>
        <source>{n} customers are read.</source>
        <translation>{n} pelanggan sudah dibaca.</translation>
    </message>
</context>
<context>
    <name>ExposureTable</name>
    <message>
        <source>Exposures, the newest first</source>
        <translation>Paparan, terbaru di atas</translation>
    </message>
</context>
<context>
    <name>ExposuresScreen</name>
    <message>
        <source>Try again</source>
        <translation>Coba lagi</translation>
    </message>
    <message>
        <source>Counting the exposures…</source>
        <translation>Menghitung paparan…</translation>
    </message>
    <message>
        <source>There is no plot here now.</source>
        <translation>Tidak ada grafik di sini sekarang.</translation>
    </message>
    <message>
        <source>Nothing fits what is chosen.</source>
        <translation>Tidak ada yang cocok dengan pilihan.</translation>
    </message>
    <message>
        <source>Nothing was opened.</source>
        <translation>Tidak ada yang dibuka.</translation>
    </message>
    <message>
        <source>The exposures could not be read.</source>
        <translation>Paparan tidak dapat dibaca.</translation>
    </message>
    <message>
        <source>These figures are of {t}; newer ones could not be read.</source>
        <translation>Angka ini per pukul {t}; yang lebih baru tidak dapat dibaca.</translation>
    </message>
</context>
<context>
    <name>FaultCard</name>
    <message>
        <source>That did not work</source>
        <translation>Tidak berhasil</translation>
    </message>
    <message>
        <source>Copy the report’s place</source>
        <translation>Salin lokasi laporan</translation>
    </message>
    <message>
        <source>Sign in again</source>
        <translation>Masuk lagi</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Lanjut</translation>
    </message>
</context>
<context>
    <name>FieldActing</name>
    <message>
        <source>One action at a time; the one before still runs.</source>
        <translation>Satu tindakan tiap kali; yang sebelumnya masih berjalan.</translation>
    </message>
    <message>
        <source>At work…</source>
        <translation>Sedang berjalan…</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Menghentikan…</translation>
    </message>
    <message>
        <source>At work, {n} s</source>
        <translation>Berjalan, {n} dtk</translation>
    </message>
    <message>
        <source>Used {t}, not shown.</source>
        <translation>Dipakai {t}, tertutup.</translation>
    </message>
    <message>
        <source>Failed, {t}</source>
        <translation>Gagal, {t}</translation>
    </message>
    <message>
        <source>Not known, {t}</source>
        <translation>Belum pasti, {t}</translation>
    </message>
    <message>
        <source>The back office did not answer in time. Whether it was done, it knows.</source>
        <translation>Back office tidak menjawab pada waktunya. Jadi atau tidaknya tercatat di sana.</translation>
    </message>
    <message>
        <source>Check who is calling first; then this can be done.</source>
        <translation>Cek dulu siapa yang menelepon; setelah itu ini bisa dilakukan.</translation>
    </message>
    <message>
        <source>Whether it was done is not known.</source>
        <translation>Jadi atau tidaknya tidak diketahui.</translation>
    </message>
    <message>
        <source>The program was ended from outside.</source>
        <translation>Programnya diakhiri dari luar.</translation>
    </message>
    <message>
        <source>The program took too long and was stopped.</source>
        <translation>Programnya terlalu lama dan dihentikan.</translation>
    </message>
    <message>
        <source>You stopped it.</source>
        <translation>Anda menghentikannya.</translation>
    </message>
    <message>
        <source>The program for this is not there, so nothing was done. Call IT (N5).</source>
        <translation>Program untuk ini tidak ada, jadi tidak ada yang dilakukan. Hubungi IT (N5).</translation>
    </message>
    <message>
        <source>Others could have changed the program for this. Nothing was done. Call IT (N6).</source>
        <translation>Program untuk ini bisa diubah orang lain. Tidak ada yang dilakukan. Hubungi IT (N6).</translation>
    </message>
    <message>
        <source>This value was not accepted, so nothing was done.</source>
        <translation>Nilai ini tidak diterima, jadi tidak ada yang dilakukan.</translation>
    </message>
    <message>
        <source>The server for this does not answer, or refuses. Try again later.</source>
        <translation>Server untuk ini tidak menjawab, atau menolak. Coba lagi nanti.</translation>
    </message>
    <message>
        <source>The server for this asks to try again later.</source>
        <translation>Server untuk ini meminta dicoba lagi nanti.</translation>
    </message>
    <message>
        <source>The program for this reported a fault. Call IT, and say {n}.</source>
        <translation>Program untuk ini melaporkan gangguan. Hubungi IT, sebutkan {n}.</translation>
    </message>
</context>
<context>
    <name>FieldActions</name>
    <message>
        <source>Your request for another customer</source>
        <translation>Permintaan Anda untuk pelanggan lain</translation>
    </message>
    <message>
        <source>Asked {t} ago</source>
        <translation>Diminta {t} lalu</translation>
    </message>
    <message>
        <source>Open within {n} s, by {name}</source>
        <translation>Buka dalam {n} dtk, oleh {name}</translation>
    </message>
    <message>
        <source>a supervisor</source>
        <translation>supervisor</translation>
    </message>
    <message>
        <source>Refused: {reason}</source>
        <translation>Ditolak: {reason}</translation>
    </message>
    <message>
        <source>no reason given</source>
        <translation>tanpa alasan</translation>
    </message>
    <message>
        <source>The request has expired</source>
        <translation>Permintaan kedaluwarsa</translation>
    </message>
    <message>
        <source>The unlock is over. Ask again.</source>
        <translation>Izin buka sudah berakhir. Minta lagi.</translation>
    </message>
    <message>
        <source>{name} asks: {question}</source>
        <translation>{name} bertanya: {question}</translation>
    </message>
    <message>
        <source>{name} closed this field</source>
        <translation>{name} menutup kolom ini</translation>
    </message>
    <message>
        <source>Nobody who may decide is here yet; your request waits. Asked {t} ago.</source>
        <translation>Belum ada yang berwenang memutuskan; permintaan Anda menunggu. Diminta {t} lalu.</translation>
    </message>
    <message>
        <source>Waiting for a supervisor, asked {t} ago.</source>
        <translation>Menunggu supervisor, diminta {t} lalu.</translation>
    </message>
    <message>
        <source>Waiting for a supervisor, {n} online, asked {t} ago.</source>
        <translation>Menunggu supervisor, {n} siap, diminta {t} lalu.</translation>
    </message>
    <message>
        <source>Somebody who may decide is signed in now</source>
        <translation>Yang berwenang memutuskan kini sudah masuk</translation>
    </message>
    <message>
        <source>Nobody who may decide is signed in</source>
        <translation>Belum ada yang berwenang memutuskan yang masuk</translation>
    </message>
    <message>
        <source>Copied; the clipboard is cleared in {n} seconds</source>
        <translation>Tersalin; papan klip dihapus dalam {n} detik</translation>
    </message>
    <message>
        <source>Nothing of this customer is compared here. A supervisor can decide.</source>
        <translation>Tidak ada data pelanggan ini yang dibandingkan di sini. Supervisor dapat memutuskan.</translation>
    </message>
    <message>
        <source>No checks while offline</source>
        <translation>Tidak bisa mengecek saat luring</translation>
    </message>
    <message>
        <source>{field}, open, {n} seconds</source>
        <translation>{field}, terbuka, {n} detik</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>tertutup</translation>
    </message>
    <message>
        <source>Check who is calling first; then this field opens.</source>
        <translation>Cek dulu siapa yang menelepon; lalu kolom ini terbuka.</translation>
    </message>
    <message>
        <source>The back office took too long. Nothing was opened here; try again.</source>
        <translation>Back office terlalu lama. Tidak ada yang dibuka di sini; coba lagi.</translation>
    </message>
</context>
<context>
    <name>FieldEditing</name>
    <message>
        <source>Somebody changed this while you typed. You see both before anything is saved.</source>
        <translation>Seseorang mengubah ini saat Anda mengetik. Anda melihat keduanya sebelum ada yang disimpan.</translation>
    </message>
    <message>
        <source>{name} is changing this, too.</source>
        <translation>{name} juga sedang mengubah ini.</translation>
    </message>
    <message>
        <source>Your role does not change this field.</source>
        <translation>Peran Anda tidak mengubah kolom ini.</translation>
    </message>
    <message>
        <source>Nothing is changed while the back office is away.</source>
        <translation>Tidak ada yang diubah selama back office terputus.</translation>
    </message>
    <message>
        <source>Your role changes nothing here, or the back office has not answered yet.</source>
        <translation>Peran Anda tidak mengubah apa pun di sini, atau back office belum menjawab.</translation>
    </message>
    <message>
        <source>{field} is changed. The version before is kept.</source>
        <translation>{field} sudah diubah. Versi sebelumnya disimpan.</translation>
    </message>
    <message>
        <source>{field} is kept now.</source>
        <translation>{field} sudah disimpan.</translation>
    </message>
    <message>
        <source>{field} is removed. The version before stays sealed.</source>
        <translation>{field} dihapus. Versi sebelumnya tetap tersegel.</translation>
    </message>
    <message>
        <source>{field} is removed. The version before is kept.</source>
        <translation>{field} dihapus. Versi sebelumnya disimpan.</translation>
    </message>
    <message>
        <source>Check who is calling first, then save; what you typed stays here.</source>
        <translation>Cek dulu siapa yang menelepon, lalu simpan; yang Anda ketik tetap di sini.</translation>
    </message>
    <message>
        <source>This needs a fresh code.</source>
        <translation>Ini perlu kode baru.</translation>
    </message>
    <message>
        <source>Your last code is older than five minutes, and this needs a fresh one.</source>
        <translation>Kode terakhir Anda lebih dari lima menit lalu. Ini perlu kode baru.</translation>
    </message>
    <message>
        <source>Change {field}</source>
        <translation>Ubah {field}</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Simpan</translation>
    </message>
    <message>
        <source>{field} was not changed.</source>
        <translation>{field} tidak diubah.</translation>
    </message>
    <message>
        <source>{field} stays as it is now.</source>
        <translation>{field} tetap seperti sekarang.</translation>
    </message>
</context>
<context>
    <name>FieldRow</name>
    <message>
        <source>Copy</source>
        <translation>Salin</translation>
    </message>
    <message>
        <source>Use without showing</source>
        <translation>Pakai tanpa menampilkan</translation>
    </message>
    <message>
        <source>No reveal while offline</source>
        <translation>Tidak bisa dibuka saat luring</translation>
    </message>
    <message>
        <source>Opened for you by {name}, once</source>
        <translation>{name} membukakan ini untuk Anda, sekali</translation>
    </message>
    <message>
        <source>Reveal</source>
        <translation>Buka</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>Minta</translation>
    </message>
    <message>
        <source>Withdraw</source>
        <translation>Batalkan</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Buka</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Tutup</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Hentikan</translation>
    </message>
    <message>
        <source>Lesson</source>
        <translation>Pelajaran</translation>
    </message>
    <message>
        <source>open, {n} seconds left</source>
        <translation>terbuka, sisa {n} detik</translation>
    </message>
    <message>
        <source>open, {n} second left</source>
        <translation>terbuka, sisa {n} detik</translation>
    </message>
    <message>
        <source>{key} says it aloud</source>
        <translation>{key} mengucapkannya</translation>
    </message>
    <message>
        <source>{key} copies it</source>
        <translation>{key} menyalinnya</translation>
    </message>
    <message>
        <source>{key} compares what the caller says</source>
        <translation>{key} membandingkan ucapan penelepon</translation>
    </message>
    <message>
        <source>{n} seconds left</source>
        <translation>sisa {n} detik</translation>
    </message>
    <message>
        <source>{n} second left</source>
        <translation>sisa {n} detik</translation>
    </message>
</context>
<context>
    <name>FigureStrip</name>
    <message>
        <source>usual {a} to {b}</source>
        <translation>biasanya {a} sampai {b}</translation>
    </message>
    <message>
        <source>exposure</source>
        <translation>paparan</translation>
    </message>
    <message>
        <source>exposures</source>
        <translation>paparan</translation>
    </message>
    <message>
        <source>{n} s</source>
        <translation>{n} dtk</translation>
    </message>
    <message>
        <source>limit {n} s</source>
        <translation>batas {n} dtk</translation>
    </message>
    <message>
        <source>median time open</source>
        <translation>median lama terbuka</translation>
    </message>
    <message>
        <source>calls solved by verify alone</source>
        <translation>telepon selesai dengan cek saja</translation>
    </message>
    <message>
        <source>{a} refused, {b} expired</source>
        <translation>{a} ditolak, {b} kedaluwarsa</translation>
    </message>
    <message>
        <source>unlocks granted</source>
        <translation>izin buka diberikan</translation>
    </message>
    <message>
        <source>{n} %</source>
        <translation>{n}%</translation>
    </message>
    <message>
        <source>{share} the day before</source>
        <translation>{share} sehari sebelumnya</translation>
    </message>
    <message>
        <source>{share} the 7 days before</source>
        <translation>{share} pada 7 hari sebelumnya</translation>
    </message>
    <message>
        <source>{share} the 30 days before</source>
        <translation>{share} pada 30 hari sebelumnya</translation>
    </message>
    <message>
        <source>flag to look at</source>
        <translation>tanda belum ditanggapi</translation>
    </message>
    <message>
        <source>flags to look at</source>
        <translation>tanda belum ditanggapi</translation>
    </message>
    <message>
        <source>{n} new since your last look</source>
        <translation>{n} baru sejak Anda melihat</translation>
    </message>
    <message>
        <source>none is new</source>
        <translation>tidak ada yang baru</translation>
    </message>
    <message>
        <source>{n}+</source>
        <translation>{n}+</translation>
    </message>
    <message>
        <source>in 30 days</source>
        <translation>dalam 30 hari</translation>
    </message>
</context>
<context>
    <name>FilterLine</name>
    <message>
        <source>what was shown, to whom, for how long, and why</source>
        <translation>apa yang tampil, kepada siapa, berapa lama, dan mengapa</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>Agen</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Kelas</translation>
    </message>
    <message>
        <source>All classes</source>
        <translation>Semua kelas</translation>
    </message>
    <message>
        <source>Thresholds…</source>
        <translation>Ambang…</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Hari ini</translation>
    </message>
    <message>
        <source>7 days</source>
        <translation>7 hari</translation>
    </message>
    <message>
        <source>30 days</source>
        <translation>30 hari</translation>
    </message>
    <message>
        <source>All agents</source>
        <translation>Semua agen</translation>
    </message>
    <message>
        <source>{name}, closed</source>
        <translation>{name}, ditutup</translation>
    </message>
    <message>
        <source>All entries</source>
        <translation>Semua entri</translation>
    </message>
    <message>
        <source>{filter}, any</source>
        <translation>{filter}, semua</translation>
    </message>
</context>
<context>
    <name>FilterPopover</name>
    <message>
        <source>Any</source>
        <translation>Semua</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Terapkan</translation>
    </message>
    <message>
        <source>This does not fit. {hint}</source>
        <translation>Ini tidak sesuai. {hint}</translation>
    </message>
</context>
<context>
    <name>FindPanel</name>
    <message>
        <source>Customers found</source>
        <translation>Pelanggan yang ditemukan</translation>
    </message>
    <message>
        <source>{n} found</source>
        <translation>{n} ditemukan</translation>
    </message>
    <message>
        <source>{n} customers</source>
        <translation>{n} pelanggan</translation>
    </message>
    <message>
        <source>{n} customer</source>
        <translation>{n} pelanggan</translation>
    </message>
    <message>
        <source>in {ms} ms</source>
        <translation>dalam {ms} ms</translation>
    </message>
    <message>
        <source>Press Return: the back office knows whose number this is. It is written down.</source>
        <translation>Tekan Enter: back office tahu nomor siapa ini. Ini dicatat.</translation>
    </message>
    <message>
        <source>Type the whole number. Parts of a hidden number are never searched.</source>
        <translation>Ketik nomor lengkap. Potongan nomor tersembunyi tidak pernah dicari.</translation>
    </message>
    <message>
        <source>No one found. Check the spelling, or look in all your queues.</source>
        <translation>Tidak ditemukan. Periksa ejaan, atau cari di semua antrean Anda.</translation>
    </message>
    <message>
        <source>Look in all my queues</source>
        <translation>Cari di semua antrean saya</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Kosongkan pencarian</translation>
    </message>
    <message>
        <source>Nobody in your queues has exactly this number or address.</source>
        <translation>Tidak ada di antrean Anda yang bernomor atau beralamat persis ini.</translation>
    </message>
    <message>
        <source>No customer is in your queues. Ask a supervisor which queues you work in.</source>
        <translation>Tidak ada pelanggan di antrean Anda. Tanyakan ke supervisor antrean mana yang Anda tangani.</translation>
    </message>
</context>
<context>
    <name>FinishButton</name>
    <message>
        <source>Finish and next</source>
        <translation>Selesai, lanjut</translation>
    </message>
</context>
<context>
    <name>FlagList</name>
    <message>
        <source>No flag waits.</source>
        <translation>Tidak ada tanda yang menunggu.</translation>
    </message>
    <message>
        <source>The rules have found nothing in 30 days.</source>
        <translation>Aturan tidak menemukan apa pun dalam 30 hari.</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Lihat</translation>
    </message>
    <message>
        <source>about you, somebody else acknowledges it</source>
        <translation>tentang Anda, orang lain yang menanggapi</translation>
    </message>
    <message>
        <source>Acknowledge…</source>
        <translation>Tanggapi…</translation>
    </message>
    <message>
        <source>Erase the comment</source>
        <translation>Hapus komentar</translation>
    </message>
    <message>
        <source>Show fewer</source>
        <translation>Tampilkan lebih sedikit</translation>
    </message>
    <message>
        <source>{n} older flags are not shown; raise a threshold.</source>
        <translation>{n} tanda lebih lama tidak ditampilkan; naikkan ambangnya.</translation>
    </message>
    <message>
        <source>{n} more</source>
        <translation>{n} lagi</translation>
    </message>
    <message>
        <source>{n} acknowledged</source>
        <translation>{n} ditanggapi</translation>
    </message>
    <message>
        <source>Show {what}</source>
        <translation>Tampilkan {what}</translation>
    </message>
</context>
<context>
    <name>FormPage</name>
    <message>
        <source>Person’s name</source>
        <translation>Nama orangnya</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>Akun</translation>
    </message>
    <message>
        <source>Small letters, digits, dots; it is never given to somebody else.</source>
        <translation>Huruf kecil, angka, titik; tidak pernah dipakai orang lain.</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Peran</translation>
    </message>
    <message>
        <source>Queues</source>
        <translation>Antrean</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Batal</translation>
    </message>
    <message>
        <source>New account</source>
        <translation>Akun baru</translation>
    </message>
    <message>
        <source>Make account</source>
        <translation>Buat akun</translation>
    </message>
    <message>
        <source>Role and queues</source>
        <translation>Peran dan antrean</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Ubah</translation>
    </message>
    <message>
        <source>The new role may not hold {classes}: that is taken away. Sessions end.</source>
        <translation>Peran baru tidak boleh memegang {classes}: itu dicabut. Sesi berakhir.</translation>
    </message>
    <message>
        <source>Running sessions end.</source>
        <translation>Sesi yang berjalan berakhir.</translation>
    </message>
    <message>
        <source>Name and account are both needed.</source>
        <translation>Nama dan akun sama-sama perlu diisi.</translation>
    </message>
    <message>
        <source>An agent works in at least one queue.</source>
        <translation>Agen bekerja di sedikitnya satu antrean.</translation>
    </message>
</context>
<context>
    <name>FormRow</name>
    <message>
        <source>Customer number</source>
        <translation>Nomor pelanggan</translation>
    </message>
    <message>
        <source>Number of the request</source>
        <translation>Nomor permintaan</translation>
    </message>
</context>
<context>
    <name>Helping</name>
    <message>
        <source>Menu</source>
        <translation>Menu</translation>
    </message>
</context>
<context>
    <name>HoldsPage</name>
    <message>
        <source>While a hold stands, nothing of its customer is erased, also by an order that runs.</source>
        <translation>Selama penahanan berlaku, data pelanggannya tidak dihapus, juga oleh perintah yang sedang berjalan.</translation>
    </message>
    <message>
        <source>Legal holds</source>
        <translation>Penahanan hukum</translation>
    </message>
    <message>
        <source>Hold</source>
        <translation>Tahan</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Alasan</translation>
    </message>
    <message>
        <source>Reference, such as a case</source>
        <translation>Rujukan, misalnya perkara</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>Pelanggan</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>Rujukan</translation>
    </message>
    <message>
        <source>Set by</source>
        <translation>Dipasang oleh</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Sejak</translation>
    </message>
    <message>
        <source>Holds</source>
        <translation>Penahanan</translation>
    </message>
    <message>
        <source>Nobody is held. Whom to hold is named above, by their customer number.</source>
        <translation>Tidak ada yang ditahan. Sebutkan di atas siapa yang ditahan, dengan nomor pelanggannya.</translation>
    </message>
    <message>
        <source>Lift this hold</source>
        <translation>Cabut penahanan ini</translation>
    </message>
    <message>
        <source>{number} is held from now on.</source>
        <translation>{number} ditahan mulai sekarang.</translation>
    </message>
    <message>
        <source>The hold is lifted.</source>
        <translation>Penahanan dicabut.</translation>
    </message>
</context>
<context>
    <name>IdleBar</name>
    <message>
        <source>Nobody is using this console. Its session ends in {t}. Any key keeps it.</source>
        <translation>Konsol ini tidak sedang dipakai. Sesinya berakhir dalam {t}. Tekan tombol apa saja untuk melanjutkan.</translation>
    </message>
</context>
<context>
    <name>IncidentDetail</name>
    <message>
        <source>A drill: this did not happen.</source>
        <translation>Latihan: ini tidak terjadi.</translation>
    </message>
    <message>
        <source>To be told by</source>
        <translation>Batas pemberitahuan</translation>
    </message>
    <message>
        <source>Reported by</source>
        <translation>Dilaporkan oleh</translation>
    </message>
    <message>
        <source>Nobody was signed in: whoever sat at the workstation could have written this.</source>
        <translation>Tidak ada yang masuk saat itu: siapa pun di depan komputernya bisa menulis ini.</translation>
    </message>
    <message>
        <source>Reported at</source>
        <translation>Dilaporkan di</translation>
    </message>
    <message>
        <source>by the workstation’s clock</source>
        <translation>menurut jam komputer itu</translation>
    </message>
    <message>
        <source>Written</source>
        <translation>Ditulis</translation>
    </message>
    <message>
        <source>Came with the session of</source>
        <translation>Tiba bersama sesi</translation>
    </message>
    <message>
        <source>Since when the office has known of it</source>
        <translation>Sejak kapan kantor mengetahuinya</translation>
    </message>
    <message>
        <source>It is an incident</source>
        <translation>Ini insiden</translation>
    </message>
    <message>
        <source>It is none</source>
        <translation>Ini bukan insiden</translation>
    </message>
    <message>
        <source>Once the letters are out</source>
        <translation>Setelah surat dikirim</translation>
    </message>
    <message>
        <source>{who}: told now</source>
        <translation>{who}: sudah diberi tahu sekarang</translation>
    </message>
    <message>
        <source>Close the incident</source>
        <translation>Tutup insiden</translation>
    </message>
    <message>
        <source>Known since the report</source>
        <translation>Diketahui sejak laporan</translation>
    </message>
    <message>
        <source>Known {n} hour before</source>
        <translation>Diketahui {n} jam sebelumnya</translation>
    </message>
    <message>
        <source>Known {n} hours before</source>
        <translation>Diketahui {n} jam sebelumnya</translation>
    </message>
    <message>
        <source>What it is about</source>
        <translation>Cakupan</translation>
    </message>
    <message>
        <source>Whom it touched, by the audit log</source>
        <translation>Siapa yang terdampak, menurut log audit</translation>
    </message>
    <message>
        <source>Find them in the log</source>
        <translation>Cari di log</translation>
    </message>
    <message>
        <source>{n} customer</source>
        <translation>{n} pelanggan</translation>
    </message>
    <message>
        <source>{n} customers</source>
        <translation>{n} pelanggan</translation>
    </message>
    <message>
        <source>The log was verified up to entry {n}.</source>
        <translation>Log diverifikasi sampai entri {n}.</translation>
    </message>
    <message>
        <source>{n} time</source>
        <translation>{n} kali</translation>
    </message>
    <message>
        <source>{n} times</source>
        <translation>{n} kali</translation>
    </message>
    <message>
        <source>erased</source>
        <translation>dihapus</translation>
    </message>
    <message>
        <source>Save the list…</source>
        <translation>Simpan daftar…</translation>
    </message>
    <message>
        <source>A letter to each of them…</source>
        <translation>Surat untuk masing-masing…</translation>
    </message>
    <message>
        <source>One PDF for each customer in both languages, and a list of references, in a ZIP</source>
        <translation>Satu PDF dalam dua bahasa untuk setiap pelanggan, dan daftar nomor surat, dalam satu ZIP</translation>
    </message>
    <message>
        <source>Letters of UU PDP art. 46</source>
        <translation>Surat menurut UU PDP Pasal 46</translation>
    </message>
    <message>
        <source>How it happened</source>
        <translation>Bagaimana terjadinya</translation>
    </message>
    <message>
        <source>What is done about it</source>
        <translation>Penanganannya</translation>
    </message>
    <message>
        <source>How protection is restored</source>
        <translation>Pemulihannya</translation>
    </message>
    <message>
        <source>Keep these words</source>
        <translation>Simpan kata-kata ini</translation>
    </message>
    <message>
        <source>Indonesian</source>
        <translation>Bahasa Indonesia</translation>
    </message>
    <message>
        <source>English</source>
        <translation>Bahasa Inggris</translation>
    </message>
    <message>
        <source>Timeline and lessons</source>
        <translation>Linimasa dan pelajaran</translation>
    </message>
    <message>
        <source>What happened, or what is learned of it</source>
        <translation>Apa yang terjadi, atau apa pelajarannya</translation>
    </message>
    <message>
        <source>Add to the timeline</source>
        <translation>Tambahkan ke linimasa</translation>
    </message>
    <message>
        <source>Add as a lesson</source>
        <translation>Tambahkan sebagai pelajaran</translation>
    </message>
</context>
<context>
    <name>IncidentsPage</name>
    <message>
        <source>Suspicions and failures of protection (UU PDP art. 46): 72 hours from when the office knew.</source>
        <translation>Dugaan dan kegagalan pelindungan (UU PDP Pasal 46): 72 jam sejak kantor mengetahuinya.</translation>
    </message>
    <message>
        <source>Incidents</source>
        <translation>Insiden</translation>
    </message>
    <message>
        <source>Incident</source>
        <translation>Insiden</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>Sisa waktu</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Making the letters</source>
        <translation>Pembuatan surat</translation>
    </message>
    <message>
        <source>Stop making the letters</source>
        <translation>Hentikan pembuatan surat</translation>
    </message>
    <message>
        <source>Type a day and a time, as 27/11/2026 08.30.</source>
        <translation>Ketik hari dan jam, misalnya 27/11/2026 08.30.</translation>
    </message>
    <message>
        <source>Nothing was reported yet. Everybody reports by the siren at the foot of the window.</source>
        <translation>Belum ada laporan. Siapa pun melapor lewat sirene di kaki jendela.</translation>
    </message>
    <message>
        <source>It is none.</source>
        <translation>Bukan insiden.</translation>
    </message>
    <message>
        <source>Closed.</source>
        <translation>Ditutup.</translation>
    </message>
    <message>
        <source>The clock runs from T0.</source>
        <translation>Jam berjalan sejak T0.</translation>
    </message>
    <message>
        <source>The scope is set.</source>
        <translation>Cakupan ditetapkan.</translation>
    </message>
    <message>
        <source>Kept. The letters say it now.</source>
        <translation>Tersimpan. Surat kini memuatnya.</translation>
    </message>
    <message>
        <source>Write what happened first.</source>
        <translation>Tulis dahulu apa yang terjadi.</translation>
    </message>
    <message>
        <source>Written.</source>
        <translation>Ditulis.</translation>
    </message>
    <message>
        <source>Written down, by the clock.</source>
        <translation>Dicatat, menurut jam kantor.</translation>
    </message>
    <message>
        <source>{n} letters, saved as {path}. Customers who are gone: {gone}. No wipe removes the file.</source>
        <translation>{n} surat, disimpan sebagai {path}. Pelanggan yang sudah tidak ada: {gone}. Berkas itu tidak dihapus oleh pembersihan.</translation>
    </message>
    <message>
        <source>Saved as {path}. It stays there: no wipe removes it.</source>
        <translation>Disimpan sebagai {path}. Berkas itu tetap di sana: tidak dihapus oleh penghapusan apa pun.</translation>
    </message>
</context>
<context>
    <name>InvitePage</name>
    <message>
        <source>A code by which the office knows a workstation. It counts once and opens no account.</source>
        <translation>Kode yang membuat kantor mengenal sebuah komputer. Kode berlaku sekali dan tidak membuka akun apa pun.</translation>
    </message>
    <message>
        <source>Invite a workstation</source>
        <translation>Undang komputer</translation>
    </message>
    <message>
        <source>Name of the workstation</source>
        <translation>Nama komputer</translation>
    </message>
    <message>
        <source>Letters, digits, dots, dashes. For many at once: tirai seat invite --from FILE</source>
        <translation>Huruf, angka, titik, tanda hubung. Untuk banyak sekaligus: tirai seat invite --from FILE</translation>
    </message>
    <message>
        <source>How long the code counts</source>
        <translation>Berapa lama kode berlaku</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Batal</translation>
    </message>
    <message>
        <source>Make the code</source>
        <translation>Buat kode</translation>
    </message>
    <message>
        <source>Codes that nobody has used</source>
        <translation>Kode yang belum dipakai siapa pun</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Tarik kembali</translation>
    </message>
</context>
<context>
    <name>KeysSheet</name>
    <message>
        <source>All keys</source>
        <translation>Semua tombol</translation>
    </message>
    <message>
        <source>No key is called so. Try another word.</source>
        <translation>Tidak ada tombol bernama itu. Coba kata lain.</translation>
    </message>
    <message>
        <source>Grey: not on this screen, or not just now. Text fields keep their own keys.</source>
        <translation>Abu-abu: tidak di layar ini, atau tidak saat ini. Kolom teks punya tombolnya sendiri.</translation>
    </message>
    <message>
        <source>Find a key</source>
        <translation>Cari tombol</translation>
    </message>
    <message>
        <source>{n} keys</source>
        <translation>{n} tombol</translation>
    </message>
    <message>
        <source>{n} key</source>
        <translation>{n} tombol</translation>
    </message>
</context>
<context>
    <name>KitPage</name>
    <message>
        <source>Write each code on a paper of its own and give them to three people. Any two of them open the office again if passwords are lost; one alone opens nothing. They are not shown again.</source>
        <translation>Tulis tiap kode di kertas tersendiri dan berikan kepada tiga orang. Dua di antaranya membuka kantor kembali bila kata sandi hilang; satu saja tidak membuka apa pun. Kode tidak ditampilkan lagi.</translation>
    </message>
    <message>
        <source>Code {n}</source>
        <translation>Kode {n}</translation>
    </message>
    <message>
        <source>{office} is made. Keep its recovery kit</source>
        <translation>{office} sudah dibuat. Simpan kit pemulihannya</translation>
    </message>
    <message>
        <source>The kit’s file is sealed; copy it to a safe place as well: {path}</source>
        <translation>Berkas kit ini tersegel; salin juga ke tempat aman: {path}</translation>
    </message>
</context>
<context>
    <name>LessonList</name>
    <message>
        <source>Lessons</source>
        <translation>Daftar pelajaran</translation>
    </message>
</context>
<context>
    <name>LessonModel</name>
    <message>
        <source>to be accepted</source>
        <translation>belum diterima</translation>
    </message>
    <message>
        <source>accepted</source>
        <translation>diterima</translation>
    </message>
    <message>
        <source>Rules of conduct</source>
        <translation>Tata tertib</translation>
    </message>
</context>
<context>
    <name>LettersStrip</name>
    <message>
        <source>{n} of {total} letters are made.</source>
        <translation>{n} dari {total} surat sudah dibuat.</translation>
    </message>
</context>
<context>
    <name>LockCard</name>
    <message>
        <source>Your draft and the open customer come back after you resume. No customer data is on this screen.</source>
        <translation>Draf dan pelanggan yang terbuka kembali setelah Anda melanjutkan. Tidak ada data pelanggan di layar ini.</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Kata sandi</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Lanjutkan</translation>
    </message>
    <message>
        <source>End session</source>
        <translation>Akhiri sesi</translation>
    </message>
    <message>
        <source>Session ends itself in {t}</source>
        <translation>Sesi berakhir sendiri dalam {t}</translation>
    </message>
    <message>
        <source>Resuming…</source>
        <translation>Melanjutkan…</translation>
    </message>
    <message>
        <source>Caps Lock is on</source>
        <translation>Caps Lock aktif</translation>
    </message>
    <message>
        <source>Type your password.</source>
        <translation>Ketik kata sandi Anda.</translation>
    </message>
</context>
<context>
    <name>LockScreen</name>
    <message>
        <source>This password is not right. {n} tries left, then the session ends.</source>
        <translation>Kata sandi ini tidak benar. Sisa {n} percobaan, lalu sesi berakhir.</translation>
    </message>
    <message>
        <source>This password is not right. {n} try left, then the session ends.</source>
        <translation>Kata sandi ini tidak benar. Sisa {n} percobaan, lalu sesi berakhir.</translation>
    </message>
</context>
<context>
    <name>LogTable</name>
    <message>
        <source>Audit log</source>
        <translation>Log audit</translation>
    </message>
</context>
<context>
    <name>LostAuthenticatorScreen</name>
    <message>
        <source>Recovery code</source>
        <translation>Kode pemulihan</translation>
    </message>
    <message>
        <source>Authenticator</source>
        <translation>Autentikator</translation>
    </message>
    <message>
        <source>Replace your authenticator</source>
        <translation>Ganti autentikator Anda</translation>
    </message>
    <message>
        <source>Account, password and recovery code are all needed.</source>
        <translation>Akun, kata sandi, dan kode pemulihan semuanya diperlukan.</translation>
    </message>
    <message>
        <source>Ends by itself in {t}. Back gives it up; the recovery code is used all the same.</source>
        <translation>Berakhir sendiri dalam {t}. Kembali membatalkannya; kode pemulihan tetap terpakai.</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>Memeriksa…</translation>
    </message>
</context>
<context>
    <name>MakingStrip</name>
    <message>
        <source>Making the PDF</source>
        <translation>Membuat PDF</translation>
    </message>
    <message>
        <source>Stop making the PDF</source>
        <translation>Hentikan pembuatan PDF</translation>
    </message>
    <message>
        <source>The whole log is read before a document is made: {n} of {total} entries</source>
        <translation>Seluruh log dibaca sebelum dokumen dibuat: {n} dari {total} entri</translation>
    </message>
</context>
<context>
    <name>MyAccountScreen</name>
    <message>
        <source>My account</source>
        <translation>Akun saya</translation>
    </message>
    <message>
        <source>Back to work</source>
        <translation>Kembali bekerja</translation>
    </message>
</context>
<context>
    <name>NewContactCard</name>
    <message>
        <source>New contact</source>
        <translation>Kontak baru</translation>
    </message>
    <message>
        <source>Nobody in your queues has this number.</source>
        <translation>Tidak ada yang memakai nomor ini di antrean Anda.</translation>
    </message>
    <message>
        <source>Ground: {basis} ({fields}).</source>
        <translation>Dasar: {basis} ({fields}).</translation>
    </message>
    <message>
        <source>Privacy notice {version} is written down with it. Tell the caller where to find it.</source>
        <translation>Pemberitahuan privasi {version} dicatat bersamanya. Sampaikan kepada penelepon di mana membacanya.</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Buang</translation>
    </message>
    <message>
        <source>Save contact</source>
        <translation>Simpan kontak</translation>
    </message>
    <message>
        <source>The back office wants a field that is not asked for here.</source>
        <translation>Back office meminta kolom yang tidak ada di sini.</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>Menyimpan…</translation>
    </message>
</context>
<context>
    <name>NewContactField</name>
    <message>
        <source>{field}, if known</source>
        <translation>{field}, bila diketahui</translation>
    </message>
    <message>
        <source>Another number</source>
        <translation>Nomor lain</translation>
    </message>
    <message>
        <source>The caller&apos;s number, {mask}, is kept</source>
        <translation>Nomor penelepon, {mask}, disimpan</translation>
    </message>
    <message>
        <source>This is needed.</source>
        <translation>Ini wajib diisi.</translation>
    </message>
    <message>
        <source>The back office makes this number. Leave it empty.</source>
        <translation>Nomor ini dibuat oleh back office. Kosongkan saja.</translation>
    </message>
    <message>
        <source>This is none of your queues.</source>
        <translation>Ini bukan antrean Anda.</translation>
    </message>
    <message>
        <source>This is no phone number.</source>
        <translation>Ini bukan nomor telepon.</translation>
    </message>
    <message>
        <source>Your role does not write this.</source>
        <translation>Peran Anda tidak mengisi ini.</translation>
    </message>
    <message>
        <source>A card number or card code stays in no field of words.</source>
        <translation>Nomor kartu atau kode kartu tidak disimpan di kolom tulisan mana pun.</translation>
    </message>
    <message>
        <source>This cannot be one.</source>
        <translation>Bentuknya tidak mungkin.</translation>
    </message>
</context>
<context>
    <name>NextLine</name>
    <message>
        <source>Next: {name}</source>
        <translation>Berikutnya: {name}</translation>
    </message>
</context>
<context>
    <name>NobodyPage</name>
    <message>
        <source>Choose an account to see its sessions and classes.</source>
        <translation>Pilih akun untuk melihat sesi dan kelasnya.</translation>
    </message>
    <message>
        <source>End all sessions…</source>
        <translation>Akhiri semua sesi…</translation>
    </message>
    <message>
        <source>End the session of everybody but you? Their caches are wiped; saved notes stay.</source>
        <translation>Akhiri sesi semua orang selain Anda? Cache mereka dihapus; catatan yang tersimpan tetap ada.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Batal</translation>
    </message>
    <message>
        <source>End all sessions</source>
        <translation>Akhiri semua sesi</translation>
    </message>
    <message>
        <source>Choose a workstation to see who is there, what it told, and what was wiped.</source>
        <translation>Pilih komputer untuk melihat siapa di sana, apa yang diberitahukannya, dan apa yang dihapus.</translation>
    </message>
    <message>
        <source>Invitations…</source>
        <translation>Undangan…</translation>
    </message>
    <message>
        <source>Wipe several…</source>
        <translation>Hapus beberapa…</translation>
    </message>
    <message>
        <source>Which workstations? Every session there ends at once but yours, and its local copy is destroyed. What waits in an outbox stays.</source>
        <translation>Komputer mana? Setiap sesi di sana langsung berakhir kecuali sesi Anda, dan salinan lokalnya dimusnahkan. Yang menunggu di kotak keluar tetap ada.</translation>
    </message>
    <message>
        <source>Wipe them</source>
        <translation>Hapus semuanya</translation>
    </message>
    <message>
        <source>Which workstations</source>
        <translation>Komputer mana</translation>
    </message>
    <message>
        <source>Every workstation</source>
        <translation>Setiap komputer</translation>
    </message>
    <message>
        <source>Those of the queue {queue}</source>
        <translation>Komputer antrean {queue}</translation>
    </message>
</context>
<context>
    <name>NoteEditor</name>
    <message>
        <source>Note</source>
        <translation>Catatan</translation>
    </message>
    <message>
        <source>Note about this customer</source>
        <translation>Catatan tentang pelanggan ini</translation>
    </message>
    <message>
        <source>Open a customer to write a note.</source>
        <translation>Buka pelanggan untuk menulis catatan.</translation>
    </message>
    <message>
        <source>What was said and done. Sealed as you type.</source>
        <translation>Apa yang dibicarakan dan dikerjakan. Disegel sambil Anda mengetik.</translation>
    </message>
    <message>
        <source>Typing…</source>
        <translation>Mengetik…</translation>
    </message>
    <message>
        <source>Note saved</source>
        <translation>Catatan tersimpan</translation>
    </message>
    <message>
        <source>Waits for the back office</source>
        <translation>Menunggu back office</translation>
    </message>
    <message>
        <source>Not kept yet</source>
        <translation>Belum dititipkan</translation>
    </message>
</context>
<context>
    <name>NoteFinds</name>
    <message>
        <source>No number in the note may stay as typed.</source>
        <translation>Tidak ada nomor di catatan yang boleh tetap seperti diketik.</translation>
    </message>
    <message>
        <source>Kept as a mask: {names}.</source>
        <translation>Disimpan sebagai samaran: {names}.</translation>
    </message>
    <message>
        <source>Kept as typed: {names}.</source>
        <translation>Disimpan seperti diketik: {names}.</translation>
    </message>
    <message>
        <source>Keep as typed…</source>
        <translation>Simpan seperti diketik…</translation>
    </message>
</context>
<context>
    <name>NoteHistory</name>
    <message>
        <source>History</source>
        <translation>Riwayat</translation>
    </message>
    <message>
        <source>Show notes</source>
        <translation>Tampilkan catatan</translation>
    </message>
    <message>
        <source>No notes are opened while offline.</source>
        <translation>Catatan tidak bisa dibuka saat luring.</translation>
    </message>
    <message>
        <source>There are no earlier notes to show now.</source>
        <translation>Tidak ada catatan sebelumnya untuk ditampilkan sekarang.</translation>
    </message>
    <message>
        <source>{n} notes</source>
        <translation>{n} catatan</translation>
    </message>
    <message>
        <source>{n} note</source>
        <translation>{n} catatan</translation>
    </message>
    <message>
        <source>Opening them is one read, written down with your name.</source>
        <translation>Membukanya dihitung satu kali baca, dicatat atas nama Anda.</translation>
    </message>
    <message>
        <source>Nobody has left a note for this customer yet.</source>
        <translation>Belum ada catatan untuk pelanggan ini.</translation>
    </message>
    <message>
        <source>Notes open with a fresh code; it is written down with your name.</source>
        <translation>Catatan terbuka dengan kode baru; ini dicatat atas nama Anda.</translation>
    </message>
    <message>
        <source>Show earlier notes</source>
        <translation>Tampilkan catatan terdahulu</translation>
    </message>
    <message>
        <source>Close notes</source>
        <translation>Tutup catatan</translation>
    </message>
</context>
<context>
    <name>NoticeEditor</name>
    <message>
        <source>Drop the draft</source>
        <translation>Buang rancangan</translation>
    </message>
    <message>
        <source>Keep the draft</source>
        <translation>Simpan rancangan</translation>
    </message>
    <message>
        <source>Publish</source>
        <translation>Terbitkan</translation>
    </message>
    <message>
        <source>Choose a version, or begin a draft from the inventory.</source>
        <translation>Pilih versi, atau mulai rancangan dari inventaris.</translation>
    </message>
    <message>
        <source>Questions of consent, one purpose each, none ticked</source>
        <translation>Pertanyaan persetujuan, satu tujuan setiap pertanyaan, tanpa centang</translation>
    </message>
    <message>
        <source>Nothing lacks. Somebody else publishes it; one of you two is a privacy officer.</source>
        <translation>Tidak ada yang kurang. Orang lain yang menerbitkan; salah satu dari Anda berdua adalah petugas privasi.</translation>
    </message>
    <message>
        <source>And {n} more.</source>
        <translation>Dan {n} lagi.</translation>
    </message>
</context>
<context>
    <name>NoticeText</name>
    <message>
        <source>Shows and hides the text of the notice.</source>
        <translation>Menampilkan dan menyembunyikan teks pemberitahuan.</translation>
    </message>
</context>
<context>
    <name>Notices</name>
    <message>
        <source>Close</source>
        <translation>Tutup</translation>
    </message>
    <message>
        <source>{n} failed tries since your last sign-in: {times}. Not you? Tell your supervisor.</source>
        <translation>{n} percobaan gagal sejak Anda masuk terakhir: {times}. Bukan Anda? Beri tahu supervisor.</translation>
    </message>
    <message>
        <source>{n} failed try since your last sign-in: {times}. Not you? Tell your supervisor.</source>
        <translation>{n} percobaan gagal sejak Anda masuk terakhir: {times}. Bukan Anda? Beri tahu supervisor.</translation>
    </message>
    <message>
        <source>This sign-in has ended your session at: {where}. Not yours? Tell your supervisor.</source>
        <translation>Masuk ini mengakhiri sesi Anda di: {where}. Bukan milik Anda? Beri tahu supervisor.</translation>
    </message>
    <message>
        <source>password changed</source>
        <translation>kata sandi diubah</translation>
    </message>
    <message>
        <source>authenticator replaced</source>
        <translation>autentikator diganti</translation>
    </message>
    <message>
        <source>new recovery codes</source>
        <translation>kode pemulihan baru</translation>
    </message>
    <message>
        <source>reset by two people</source>
        <translation>disetel ulang oleh dua orang</translation>
    </message>
    <message>
        <source>Your account since your last sign-in: {what}. Not you? Tell your supervisor.</source>
        <translation>Akun Anda sejak Anda masuk terakhir: {what}. Bukan Anda? Beri tahu supervisor.</translation>
    </message>
    <message>
        <source>Unusual sign-ins of yours since the last one: {what}. Not you? Tell your supervisor.</source>
        <translation>Masuk yang tidak biasa atas nama Anda sejak terakhir kali: {what}. Bukan Anda? Beri tahu penyelia.</translation>
    </message>
    <message>
        <source>Unusual sign-ins since your last one: {n}. The newest: {who}, {what}. Ask them.</source>
        <translation>Masuk yang tidak biasa sejak Anda terakhir masuk: {n}. Terbaru: {who}, {what}. Tanyakan kepadanya.</translation>
    </message>
    <message>
        <source>first time at this workstation</source>
        <translation>pertama kali di komputer ini</translation>
    </message>
    <message>
        <source>outside the hours of work</source>
        <translation>di luar jam kerja</translation>
    </message>
    <message>
        <source>at an hour far from the usual</source>
        <translation>pada jam yang jauh dari biasanya</translation>
    </message>
    <message>
        <source>{n} accounts failed to sign in at {where} within an hour, {time}. Find out who sits there.</source>
        <translation>{n} akun gagal masuk di {where} dalam satu jam, {time}. Cari tahu siapa yang duduk di sana.</translation>
    </message>
    <message>
        <source>office opened again, accounts let in anew</source>
        <translation>kantor dibuka lagi, akun diizinkan masuk lagi</translation>
    </message>
    <message>
        <source>went on with a log or a book that was not as remembered</source>
        <translation>dilanjutkan dengan log atau buku yang tidak seperti yang diingat</translation>
    </message>
    <message>
        <source>office restored from a backup</source>
        <translation>kantor dipulihkan dari cadangan</translation>
    </message>
    <message>
        <source>class keys handed on</source>
        <translation>kunci kelas diserahkan</translation>
    </message>
    <message>
        <source>Two holders used this office&apos;s recovery kit: {what}. Nobody told you? Ask an administrator.</source>
        <translation>Dua pemegang memakai kit pemulihan kantor ini: {what}. Belum ada yang memberi tahu Anda? Tanyakan administrator.</translation>
    </message>
</context>
<context>
    <name>NoticesPage</name>
    <message>
        <source>Seven contents (UU PDP article 21), Indonesian always. One person writes, another publishes.</source>
        <translation>Tujuh isi (UU PDP Pasal 21), selalu berbahasa Indonesia. Satu orang menulis, orang lain menerbitkan.</translation>
    </message>
    <message>
        <source>Notices</source>
        <translation>Pemberitahuan</translation>
    </message>
    <message>
        <source>Begin a draft from the inventory</source>
        <translation>Mulai rancangan dari inventaris</translation>
    </message>
    <message>
        <source>Versions of the notice</source>
        <translation>Versi pemberitahuan</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Versi</translation>
    </message>
    <message>
        <source>A draft was begun. What the inventory does not say is left as a gap.</source>
        <translation>Rancangan dimulai. Yang tidak disebut inventaris dibiarkan sebagai celah.</translation>
    </message>
    <message>
        <source>The draft is kept.</source>
        <translation>Rancangan disimpan.</translation>
    </message>
    <message>
        <source>Keep your change first; then somebody else publishes it.</source>
        <translation>Simpan perubahan dulu; lalu orang lain menerbitkannya.</translation>
    </message>
    <message>
        <source>Published. Customers are told this one from now on.</source>
        <translation>Diterbitkan. Mulai sekarang pelanggan diberi tahu yang ini.</translation>
    </message>
    <message>
        <source>The draft is gone.</source>
        <translation>Rancangan dibuang.</translation>
    </message>
</context>
<context>
    <name>NumberPage</name>
    <message>
        <source>Now</source>
        <translation>Sekarang</translation>
    </message>
    <message>
        <source>At most</source>
        <translation>Paling banyak</translation>
    </message>
    <message>
        <source>At least</source>
        <translation>Paling sedikit</translation>
    </message>
    <message>
        <source>In the edit</source>
        <translation>Dalam perubahan</translation>
    </message>
    <message>
        <source>Value in seconds</source>
        <translation>Nilai dalam detik</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Nilai</translation>
    </message>
    <message>
        <source>Put into the edit</source>
        <translation>Masukkan ke perubahan</translation>
    </message>
    <message>
        <source>This is changed in the text.</source>
        <translation>Ini diubah lewat teks.</translation>
    </message>
</context>
<context>
    <name>OfficePage</name>
    <message>
        <source>There is no office here yet. Two people make one</source>
        <translation>Belum ada kantor di sini. Dua orang membuatnya</translation>
    </message>
    <message>
        <source>An administrator, who makes accounts and sees no customer data, and a supervisor, who holds the class keys and hands them on. Both are needed here now, each with a phone that has an authenticator app.</source>
        <translation>Administrator, yang membuat akun dan tidak melihat data pelanggan, dan supervisor, yang memegang kunci kelas dan menyerahkannya. Keduanya perlu hadir di sini sekarang, masing-masing dengan ponsel yang punya aplikasi autentikator.</translation>
    </message>
    <message>
        <source>Name of this office</source>
        <translation>Nama kantor ini</translation>
    </message>
</context>
<context>
    <name>OpenCard</name>
    <message>
        <source>This customer has left your queues. Your note is kept.</source>
        <translation>Pelanggan ini keluar dari antrean Anda. Catatan Anda tersimpan.</translation>
    </message>
    <message>
        <source>The card has changed: somebody updated this customer.</source>
        <translation>Kartu berubah: ada yang memperbarui pelanggan ini.</translation>
    </message>
</context>
<context>
    <name>OpenList</name>
    <message>
        <source>Open now</source>
        <translation>Sedang terbuka</translation>
    </message>
    <message>
        <source>Revokes what was opened last</source>
        <translation>Mencabut yang terakhir dibuka</translation>
    </message>
    <message>
        <source>{n} s</source>
        <translation>{n} dtk</translation>
    </message>
    <message>
        <source>{field} for {number}</source>
        <translation>{field} untuk {number}</translation>
    </message>
    <message>
        <source>Revoke</source>
        <translation>Cabut</translation>
    </message>
    <message>
        <source>Revoke: {name}, {what}</source>
        <translation>Cabut: {name}, {what}</translation>
    </message>
    <message>
        <source>Closing…</source>
        <translation>Menutup…</translation>
    </message>
</context>
<context>
    <name>OutboxWatch</name>
    <message>
        <source>What waited here has reached the back office.</source>
        <translation>Yang menunggu di sini sudah sampai di back office.</translation>
    </message>
    <message>
        <source>Sessions whose kept notes the back office refused: {n}. Nothing is thrown away: tell IT (X1).</source>
        <translation>Sesi yang catatan titipannya ditolak back office: {n}. Tidak ada yang dibuang: hubungi IT (X1).</translation>
    </message>
    <message>
        <source>Kept notes that fit no customer of yours now: {n}. The office has them sealed: tell IT (X2).</source>
        <translation>Catatan titipan yang tidak lagi cocok dengan pelanggan Anda: {n}. Back office menyimpannya tersegel: hubungi IT (X2).</translation>
    </message>
    <message>
        <source>Kept entries that never came: {n}. Tell IT (X3).</source>
        <translation>Titipan yang tidak pernah sampai: {n}. Hubungi IT (X3).</translation>
    </message>
    <message>
        <source>Your session stopped in the middle of work: {where}. Look whether your last note is there.</source>
        <translation>Sesi Anda berhenti di tengah pekerjaan: {where}. Periksa apakah catatan terakhir Anda ada.</translation>
    </message>
</context>
<context>
    <name>OutsideReporting</name>
    <message>
        <source>Press what it looks like. It is sealed here and reaches the privacy officer with the next sign-in at this workstation. If it is urgent, tell your supervisor, too.</source>
        <translation>Tekan yang paling mirip. Laporan disegel di sini dan sampai ke petugas privasi saat berikutnya seseorang masuk di komputer ini. Jika mendesak, beri tahu juga supervisor.</translation>
    </message>
    <message>
        <source>It says whose session is locked here, not who you are.</source>
        <translation>Laporan menyebut sesi siapa yang terkunci di sini, bukan siapa Anda.</translation>
    </message>
    <message>
        <source>It does not say who you are.</source>
        <translation>Laporan tidak menyebut siapa Anda.</translation>
    </message>
    <message>
        <source>Kept, sealed. It goes to the privacy officer with the next sign-in here.</source>
        <translation>Tersimpan dan tersegel. Laporan sampai ke petugas privasi saat berikutnya seseorang masuk di sini.</translation>
    </message>
</context>
<context>
    <name>PageList</name>
    <message>
        <source>Pages of the privacy desk</source>
        <translation>Halaman meja privasi</translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>All commands</source>
        <translation>Semua perintah</translation>
    </message>
    <message>
        <source>Type what you want to do</source>
        <translation>Ketik yang ingin Anda lakukan</translation>
    </message>
    <message>
        <source>Find a command</source>
        <translation>Cari perintah</translation>
    </message>
    <message>
        <source>Arrows choose a command, Return does it.</source>
        <translation>Panah memilih perintah, Enter menjalankannya.</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>Perintah</translation>
    </message>
    <message>
        <source>Commands only. Customer data is never searched here.</source>
        <translation>Hanya perintah. Data pelanggan tidak pernah dicari di sini.</translation>
    </message>
    <message>
        <source>move</source>
        <translation>pindah</translation>
    </message>
    <message>
        <source>run</source>
        <translation>jalankan</translation>
    </message>
    <message>
        <source>No command is called so. Try another word, or F1 for all keys.</source>
        <translation>Tidak ada perintah bernama itu. Coba kata lain, atau F1 untuk semua tombol.</translation>
    </message>
    <message>
        <source>{n} commands</source>
        <translation>{n} perintah</translation>
    </message>
    <message>
        <source>{n} command</source>
        <translation>{n} perintah</translation>
    </message>
</context>
<context>
    <name>Panel</name>
    <message>
        <source>{title}, as a table</source>
        <translation>{title}, sebagai tabel</translation>
    </message>
    <message>
        <source>{title} as a plot</source>
        <translation>{title} sebagai grafik</translation>
    </message>
    <message>
        <source>{title} as a table</source>
        <translation>{title} sebagai tabel</translation>
    </message>
</context>
<context>
    <name>PanelSplitter</name>
    <message>
        <source>Alt, Shift and the left or right arrow move it; a double click resets</source>
        <translation>Alt, Shift, dan panah kiri atau kanan menggesernya; klik ganda mengembalikan</translation>
    </message>
    <message>
        <source>Drag, or Alt+Shift+arrows; double click resets</source>
        <translation>Seret, atau Alt+Shift+panah; klik ganda mengembalikan</translation>
    </message>
</context>
<context>
    <name>Paper</name>
    <message>
        <source>nothing to show</source>
        <translation>tidak ada isinya</translation>
    </message>
    <message>
        <source>{cell}, chosen</source>
        <translation>{cell}, dipilih</translation>
    </message>
</context>
<context>
    <name>PasswordCard</name>
    <message>
        <source>Password</source>
        <translation>Kata sandi</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Ubah…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Batal</translation>
    </message>
    <message>
        <source>Change password</source>
        <translation>Ubah kata sandi</translation>
    </message>
    <message>
        <source>It never expires by itself.</source>
        <translation>Tidak pernah kedaluwarsa sendiri.</translation>
    </message>
    <message>
        <source>Changing…</source>
        <translation>Mengubah…</translation>
    </message>
    <message>
        <source>Your password is changed. Your other sessions have ended.</source>
        <translation>Kata sandi Anda sudah diubah. Sesi Anda yang lain sudah berakhir.</translation>
    </message>
</context>
<context>
    <name>PasswordEdit</name>
    <message>
        <source>Password</source>
        <translation>Kata sandi</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Lihat</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>Sembunyikan</translation>
    </message>
</context>
<context>
    <name>PasswordPage</name>
    <message>
        <source>It never leaves this workstation. Four or five words that nobody else would put together do well.</source>
        <translation>Kata sandi tidak pernah keluar dari komputer ini. Rangkai empat atau lima kata yang tidak terduga.</translation>
    </message>
    <message>
        <source>Welcome, {name}. Choose a password</source>
        <translation>Selamat datang, {name}. Pilih kata sandi</translation>
    </message>
</context>
<context>
    <name>PasswordPair</name>
    <message>
        <source>New password</source>
        <translation>Kata sandi baru</translation>
    </message>
    <message>
        <source>The same again</source>
        <translation>Ulangi kata sandi</translation>
    </message>
    <message>
        <source>At least 15 characters. Words are fine; it need not hold digits or signs.</source>
        <translation>Minimal 15 karakter. Kata biasa boleh; tidak harus ada angka atau tanda.</translation>
    </message>
    <message>
        <source>The two are not the same.</source>
        <translation>Keduanya tidak sama.</translation>
    </message>
    <message>
        <source>Caps Lock is on</source>
        <translation>Caps Lock aktif</translation>
    </message>
</context>
<context>
    <name>PersonPage</name>
    <message>
        <source>Person’s name</source>
        <translation>Nama lengkap</translation>
    </message>
    <message>
        <source>Account name</source>
        <translation>Nama akun</translation>
    </message>
    <message>
        <source>The first administrator</source>
        <translation>Administrator pertama</translation>
    </message>
    <message>
        <source>Makes accounts and sees no customer data.</source>
        <translation>Membuat akun dan tidak melihat data pelanggan.</translation>
    </message>
    <message>
        <source>The first supervisor</source>
        <translation>Supervisor pertama</translation>
    </message>
    <message>
        <source>Another person: holds the class keys and hands them on.</source>
        <translation>Orang lain: memegang kunci kelas dan menyerahkannya.</translation>
    </message>
</context>
<context>
    <name>PickList</name>
    <message>
        <source>{line}, chosen</source>
        <translation>{line}, dipilih</translation>
    </message>
</context>
<context>
    <name>Plots</name>
    <message>
        <source>By hour</source>
        <translation>Per jam</translation>
    </message>
    <message>
        <source>Hour by agent</source>
        <translation>Jam per agen</translation>
    </message>
    <message>
        <source>Reasons</source>
        <translation>Alasan</translation>
    </message>
    <message>
        <source>By day</source>
        <translation>Per hari</translation>
    </message>
    <message>
        <source>{n} busiest of {total}</source>
        <translation>{n} tersibuk dari {total}</translation>
    </message>
    <message>
        <source>{n} most frequent of {total}</source>
        <translation>{n} terbanyak dari {total}</translation>
    </message>
    <message>
        <source>usual</source>
        <translation>biasanya</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Waktu</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Semua</translation>
    </message>
    <message>
        <source>Usual</source>
        <translation>Biasa</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>Agen</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Alasan</translation>
    </message>
    <message>
        <source>Exposures</source>
        <translation>Paparan</translation>
    </message>
    <message>
        <source>Month</source>
        <translation>Bulan</translation>
    </message>
    <message>
        <source>Lesson</source>
        <translation>Pelajaran</translation>
    </message>
    <message>
        <source>Requests, by the month they came</source>
        <translation>Permintaan, per bulan masuk</translation>
    </message>
    <message>
        <source>Consents in force, at each month’s end</source>
        <translation>Persetujuan yang berlaku, tiap akhir bulan</translation>
    </message>
    <message>
        <source>Values that have to go, by month</source>
        <translation>Nilai yang harus dimusnahkan, per bulan</translation>
    </message>
    <message>
        <source>Certificates, people by lesson</source>
        <translation>Sertifikat, orang per pelajaran</translation>
    </message>
</context>
<context>
    <name>PolicyScreen</name>
    <message>
        <source>Look</source>
        <translation>Lihat</translation>
    </message>
    <message>
        <source>An edit of the policy waits for you: Menu, Policy.</source>
        <translation>Perubahan kebijakan menunggu Anda: Menu, Kebijakan.</translation>
    </message>
    <message>
        <source>This version does not fit this Tirai any more, so nothing opens. It has to be edited anew.</source>
        <translation>Versi ini tidak cocok lagi dengan Tirai ini, jadi tidak ada yang terbuka. Perlu diubah lagi.</translation>
    </message>
    <message>
        <source>{name} proposes {n} changes; they wait for a second person.</source>
        <translation>{name} mengusulkan {n} perubahan; menunggu orang kedua.</translation>
    </message>
    <message>
        <source>{name} confirmed your edit. It is in force.</source>
        <translation>{name} mengonfirmasi perubahan Anda. Kini berlaku.</translation>
    </message>
    <message>
        <source>{name} refused your edit.</source>
        <translation>{name} menolak perubahan Anda.</translation>
    </message>
    <message>
        <source>{name} proposes {n} change; it waits for a second person.</source>
        <translation>{name} mengusulkan {n} perubahan; menunggu orang kedua.</translation>
    </message>
    <message>
        <source>Your edit has {n} changes. Nobody has been asked yet.</source>
        <translation>Ada {n} perubahan Anda. Belum ada yang diminta.</translation>
    </message>
    <message>
        <source>Your edit has {n} change. Nobody has been asked yet.</source>
        <translation>Ada {n} perubahan Anda. Belum ada yang diminta.</translation>
    </message>
    <message>
        <source>Proposed. It is in force once a second person has confirmed it.</source>
        <translation>Diusulkan. Berlaku setelah orang kedua mengonfirmasinya.</translation>
    </message>
    <message>
        <source>Confirmed. The policy is in force.</source>
        <translation>Dikonfirmasi. Kebijakan berlaku.</translation>
    </message>
    <message>
        <source>The edit is taken back.</source>
        <translation>Perubahan ditarik kembali.</translation>
    </message>
    <message>
        <source>The edit is refused.</source>
        <translation>Perubahan ditolak.</translation>
    </message>
</context>
<context>
    <name>PolicyTables</name>
    <message>
        <source>Rights by role and class</source>
        <translation>Hak menurut peran dan kelas</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Peran</translation>
    </message>
    <message>
        <source>Reasons</source>
        <translation>Alasan</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Alasan</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>Kelas</translation>
    </message>
    <message>
        <source>Numbers and rules</source>
        <translation>Angka dan aturan</translation>
    </message>
    <message>
        <source>Number or rule</source>
        <translation>Angka atau aturan</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Sekarang</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>Versi</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Versi</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Alasan</translation>
    </message>
    <message>
        <source>Proposed by</source>
        <translation>Diusulkan oleh</translation>
    </message>
    <message>
        <source>Confirmed by</source>
        <translation>Dikonfirmasi oleh</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Waktu</translation>
    </message>
    <message>
        <source>Rights</source>
        <translation>Hak</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>Angka</translation>
    </message>
    <message>
        <source>New reason</source>
        <translation>Alasan baru</translation>
    </message>
    <message>
        <source>Edit as text</source>
        <translation>Ubah sebagai teks</translation>
    </message>
</context>
<context>
    <name>Popping</name>
    <message>
        <source>The number is withheld. Ask who calls, then search.</source>
        <translation>Nomor disembunyikan. Tanyakan siapa yang menelepon, lalu cari.</translation>
    </message>
    <message>
        <source>Looking for the caller…</source>
        <translation>Mencari penelepon…</translation>
    </message>
    <message>
        <source>Nobody in your queues has this number.</source>
        <translation>Tidak ada yang memakai nomor ini di antrean Anda.</translation>
    </message>
</context>
<context>
    <name>PostureCard</name>
    <message>
        <source>Protection of this workstation</source>
        <translation>Pelindungan komputer ini</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Periksa lagi</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Memeriksa…</translation>
    </message>
    <message>
        <source>Nobody could look just now.</source>
        <translation>Saat ini tidak bisa diperiksa.</translation>
    </message>
    <message>
        <source>Nobody has looked yet.</source>
        <translation>Belum pernah diperiksa.</translation>
    </message>
    <message>
        <source>Values stay shut here until this is in order: {parts}.</source>
        <translation>Nilai tetap tertutup di sini sampai ini beres: {parts}.</translation>
    </message>
    <message>
        <source>To be looked after: {parts}.</source>
        <translation>Perlu diurus: {parts}.</translation>
    </message>
    <message>
        <source>Everything is as it should be.</source>
        <translation>Semua sudah semestinya.</translation>
    </message>
</context>
<context>
    <name>PostureWatch</name>
    <message>
        <source>This workstation lacks what your office requires: {parts}. Values stay shut here.</source>
        <translation>Komputer ini belum memenuhi yang diwajibkan kantor Anda: {parts}. Nilai tetap tertutup di sini.</translation>
    </message>
    <message>
        <source>My account says what to do.</source>
        <translation>Akun saya menjelaskan apa yang perlu dilakukan.</translation>
    </message>
</context>
<context>
    <name>PrivacyPanel</name>
    <message>
        <source>Privacy of this customer</source>
        <translation>Privasi pelanggan ini</translation>
    </message>
    <message>
        <source>Back to the card</source>
        <translation>Kembali ke kartu</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Mencari…</translation>
    </message>
    <message>
        <source>This customer may be under age: a parent or guardian agrees for them.</source>
        <translation>Pelanggan ini mungkin di bawah umur: orang tua atau wali yang menyetujui.</translation>
    </message>
    <message>
        <source>A guardian agreed when this customer was a child. They are of age now: ask them anew.</source>
        <translation>Seorang wali menyetujui ketika pelanggan ini masih anak. Ia sudah dewasa sekarang: tanyakan lagi kepadanya.</translation>
    </message>
    <message>
        <source>How to speak with this customer: {way}.</source>
        <translation>Cara berbicara dengan pelanggan ini: {way}.</translation>
    </message>
    <message>
        <source>What the customer is asked about</source>
        <translation>Yang ditanyakan kepada pelanggan</translation>
    </message>
    <message>
        <source>Nothing rests on consent.</source>
        <translation>Tidak ada yang bergantung pada persetujuan.</translation>
    </message>
    <message>
        <source>Why we hold the rest</source>
        <translation>Mengapa kami menyimpan yang lain</translation>
    </message>
    <message>
        <source>The consent is written down, and its receipt is signed.</source>
        <translation>Persetujuan dicatat dan tanda terimanya ditandatangani.</translation>
    </message>
    <message>
        <source>The withdrawal is written down, and work for it stops now.</source>
        <translation>Penarikan dicatat, dan pekerjaan untuk itu berhenti sekarang.</translation>
    </message>
    <message>
        <source>Show the page here</source>
        <translation>Tampilkan halamannya di sini</translation>
    </message>
    <message>
        <source>Shows the command that opens the customer’s page at this desk.</source>
        <translation>Menampilkan perintah yang membuka halaman pelanggan di meja ini.</translation>
    </message>
    <message>
        <source>Send the page</source>
        <translation>Kirim halaman</translation>
    </message>
    <message>
        <source>The customer gets a link to their own page; it is not shown here.</source>
        <translation>Pelanggan menerima tautan ke halamannya sendiri; tautan itu tidak ditampilkan di sini.</translation>
    </message>
    <message>
        <source>Sending…</source>
        <translation>Mengirim…</translation>
    </message>
    <message>
        <source>Saved as {path}. It stays there.</source>
        <translation>Disimpan sebagai {path}. Berkas itu tetap di sana.</translation>
    </message>
</context>
<context>
    <name>PrivacyScreen</name>
    <message>
        <source>Privacy desk</source>
        <translation>Meja privasi</translation>
    </message>
</context>
<context>
    <name>ProgressStrip</name>
    <message>
        <source>Stop</source>
        <translation>Hentikan</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Menghentikan…</translation>
    </message>
</context>
<context>
    <name>ProposalPage</name>
    <message>
        <source>{name} ({account}), {t}</source>
        <translation>{name} ({account}), {t}</translation>
    </message>
    <message>
        <source>Asked by</source>
        <translation>Diminta oleh</translation>
    </message>
    <message>
        <source>Good until</source>
        <translation>Berlaku sampai</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Kelas</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Versi</translation>
    </message>
    <message>
        <source>Data keys made from now on are sealed to the new key. Those of before are moved to it in the consoles of holders; whoever had the old key could open what they had copied until then.</source>
        <translation>Kunci data yang dibuat mulai sekarang disegel ke kunci baru. Yang lama dipindahkan di konsol para pemegang; siapa pun yang punya kunci lama masih bisa membuka apa yang sudah disalinnya sampai saat itu.</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>Akun</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Peran</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Alasan</translation>
    </message>
    <message>
        <source>Loses</source>
        <translation>Kehilangan</translation>
    </message>
    <message>
        <source>Nobody else holds {classes}. Only the recovery kit opens it afterwards.</source>
        <translation>Tidak ada orang lain yang memegang {classes}. Setelah ini hanya kit pemulihan yang dapat membukanya.</translation>
    </message>
    <message>
        <source>Confirm only if you have made sure yourself who asks: seen the person, or called them back.</source>
        <translation>Konfirmasi hanya bila Anda sendiri yakin siapa yang meminta: bertemu orangnya, atau menelepon balik.</translation>
    </message>
    <message>
        <source>Confirm</source>
        <translation>Konfirmasi</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Tarik kembali</translation>
    </message>
    <message>
        <source>Refuse</source>
        <translation>Tolak</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Kembali</translation>
    </message>
</context>
<context>
    <name>PurposeRow</name>
    <message>
        <source>Ground: {basis}. Held for it: {fields}.</source>
        <translation>Dasar: {basis}. Disimpan untuk itu: {fields}.</translation>
    </message>
    <message>
        <source>Opened and shut by it: {fields}.</source>
        <translation>Yang dibuka dan ditutupnya: {fields}.</translation>
    </message>
    <message>
        <source>Ask, and write down…</source>
        <translation>Tanyakan, lalu catat…</translation>
    </message>
    <message>
        <source>Withdraw…</source>
        <translation>Tarik…</translation>
    </message>
    <message>
        <source>Keep the receipt…</source>
        <translation>Simpan tanda terima…</translation>
    </message>
</context>
<context>
    <name>QFileDialog</name>
    <message>
        <source>%1 already exists.
Do you want to replace it?</source>
        <translation>%1 sudah ada.
Ganti dengan yang baru?</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Kembali</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>Maju</translation>
    </message>
    <message>
        <source>Parent Directory</source>
        <translation>Folder induk</translation>
    </message>
    <message>
        <source>Create New Folder</source>
        <translation>Buat folder baru</translation>
    </message>
    <message>
        <source>List View</source>
        <translation>Tampilan daftar</translation>
    </message>
    <message>
        <source>Detail View</source>
        <translation>Tampilan rinci</translation>
    </message>
    <message>
        <source>Sidebar</source>
        <translation>Bilah samping</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Berkas</translation>
    </message>
    <message>
        <source>New Folder</source>
        <translation>Folder baru</translation>
    </message>
</context>
<context>
    <name>QFileSystemModel</name>
    <message>
        <source>Computer</source>
        <translation>Komputer</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nama</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Ukuran</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Jenis</translation>
    </message>
    <message>
        <source>Date Modified</source>
        <translation>Tanggal diubah</translation>
    </message>
</context>
<context>
    <name>QLineEdit</name>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Urungkan</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Ulangi</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>Po&amp;tong</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Salin</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>&amp;Tempel</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Hapus</translation>
    </message>
    <message>
        <source>Select All</source>
        <translation>Pilih Semua</translation>
    </message>
</context>
<context>
    <name>QPlatformTheme</name>
    <message>
        <source>&amp;Yes</source>
        <translation>&amp;Ya</translation>
    </message>
    <message>
        <source>&amp;No</source>
        <translation>&amp;Tidak</translation>
    </message>
</context>
<context>
    <name>QWidgetTextControl</name>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Urungkan</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Ulangi</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>Po&amp;tong</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Salin</translation>
    </message>
    <message>
        <source>Copy &amp;Link Location</source>
        <translation>Salin &amp;Alamat Tautan</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>&amp;Tempel</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Hapus</translation>
    </message>
    <message>
        <source>Select All</source>
        <translation>Pilih Semua</translation>
    </message>
</context>
<context>
    <name>QrCode</name>
    <message>
        <source>QR code for your authenticator; beside it you can show the key as text</source>
        <translation>Kode QR untuk autentikator Anda; di sampingnya kunci bisa ditampilkan sebagai teks</translation>
    </message>
</context>
<context>
    <name>QueueDelegate</name>
    <message>
        <source>for {number}</source>
        <translation>untuk {number}</translation>
    </message>
</context>
<context>
    <name>QueueModel</name>
    <message>
        <source>{name} at {seat} asks for {field} of {number}: {reason}. Waits {t}.</source>
        <translation>{name} di {seat} meminta {field} milik {number}: {reason}. Menunggu {t}.</translation>
    </message>
</context>
<context>
    <name>QueuePicker</name>
    <message>
        <source>Queues</source>
        <translation>Antrean</translation>
    </message>
    <message>
        <source>Space checks a queue</source>
        <translation>Spasi mencentang antrean</translation>
    </message>
    <message>
        <source>A new queue, or several: a, b</source>
        <translation>Antrean baru, atau beberapa: a, b</translation>
    </message>
    <message>
        <source>New queues, with commas between</source>
        <translation>Antrean baru, dipisah koma</translation>
    </message>
    <message>
        <source>All queues</source>
        <translation>Semua antrean</translation>
    </message>
</context>
<context>
    <name>QuizPage</name>
    <message>
        <source>Back to the lesson</source>
        <translation>Kembali ke pelajaran</translation>
    </message>
    <message>
        <source>Question before</source>
        <translation>Soal sebelumnya</translation>
    </message>
    <message>
        <source>Next question</source>
        <translation>Soal berikutnya</translation>
    </message>
    <message>
        <source>Hand in</source>
        <translation>Serahkan</translation>
    </message>
    <message>
        <source>Question {n} of {all}. {needed} right answers pass.</source>
        <translation>Soal {n} dari {all}. Lulus dengan {needed} jawaban benar.</translation>
    </message>
</context>
<context>
    <name>ReadmissionsPage</name>
    <message>
        <source>Who was erased stays out, also of imports, until two people name them, one a privacy officer.</source>
        <translation>Yang sudah dihapus tetap di luar, juga dari impor, sampai disebut dua orang, satu di antaranya petugas privasi.</translation>
    </message>
    <message>
        <source>Letting somebody back in</source>
        <translation>Mengizinkan seseorang masuk kembali</translation>
    </message>
    <message>
        <source>Propose</source>
        <translation>Usulkan</translation>
    </message>
    <message>
        <source>Why they may come back</source>
        <translation>Alasan boleh kembali</translation>
    </message>
    <message>
        <source>Contract, request or case</source>
        <translation>Kontrak, permintaan, atau perkara</translation>
    </message>
    <message>
        <source>Proposal</source>
        <translation>Usulan</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Alasan</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>Referensi</translation>
    </message>
    <message>
        <source>Proposed by</source>
        <translation>Diusulkan oleh</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Proposals</source>
        <translation>Usulan</translation>
    </message>
    <message>
        <source>Let them come back</source>
        <translation>Izinkan kembali</translation>
    </message>
    <message>
        <source>Refuse</source>
        <translation>Tolak</translation>
    </message>
    <message>
        <source>Nobody is proposed. Who was erased and comes back is named above.</source>
        <translation>Belum ada usulan. Sebutkan di atas siapa yang pernah dihapus dan kembali.</translation>
    </message>
    <message>
        <source>By what they are named</source>
        <translation>Disebut dengan apa</translation>
    </message>
    <message>
        <source>Their number</source>
        <translation>Nomornya</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Tarik kembali</translation>
    </message>
    <message>
        <source>Proposal {n} waits: somebody else names the same person.</source>
        <translation>Usulan {n} menunggu: orang lain menyebut orang yang sama.</translation>
    </message>
    <message>
        <source>They may come back: imports and people who type them in are no longer refused.</source>
        <translation>Boleh kembali: impor dan pengetikan tidak lagi ditolak.</translation>
    </message>
    <message>
        <source>They stay out.</source>
        <translation>Tetap di luar.</translation>
    </message>
</context>
<context>
    <name>ReasonPage</name>
    <message>
        <source>Given</source>
        <translation>Diberikan</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>Kelas</translation>
    </message>
    <message>
        <source>Own words</source>
        <translation>Kata sendiri</translation>
    </message>
    <message>
        <source>Caller needed</source>
        <translation>Penelepon wajib</translation>
    </message>
    <message>
        <source>Purpose</source>
        <translation>Tujuan</translation>
    </message>
    <message>
        <source>English</source>
        <translation>Bahasa Inggris</translation>
    </message>
    <message>
        <source>Indonesian</source>
        <translation>Bahasa Indonesia</translation>
    </message>
    <message>
        <source>Retire in the edit</source>
        <translation>Hapus dalam perubahan</translation>
    </message>
    <message>
        <source>New reason</source>
        <translation>Alasan baru</translation>
    </message>
    <message>
        <source>Code: a to z and _</source>
        <translation>Kode: a sampai z dan _</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Kelas</translation>
    </message>
    <message>
        <source>Own words needed</source>
        <translation>Kata sendiri wajib</translation>
    </message>
    <message>
        <source>Purpose, as the inventory names it; empty: any</source>
        <translation>Tujuan, dengan nama di inventaris; kosong: semua</translation>
    </message>
    <message>
        <source>Put into the edit</source>
        <translation>Masukkan ke perubahan</translation>
    </message>
</context>
<context>
    <name>ReasonPopover</name>
    <message>
        <source>Cancel</source>
        <translation>Batal</translation>
    </message>
    <message>
        <source>Why, in 10 characters or more; no customer data</source>
        <translation>Alasan, 10 karakter atau lebih; tanpa data pelanggan</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Mengapa</translation>
    </message>
</context>
<context>
    <name>ReasonRows</name>
    <message>
        <source>Reason</source>
        <translation>Alasan</translation>
    </message>
</context>
<context>
    <name>RecordPage</name>
    <message>
        <source>Computed from the inventory (UU PDP article 31). To change it, change the inventory.</source>
        <translation>Dihitung dari inventaris (UU PDP Pasal 31). Untuk mengubahnya, ubah inventarisnya.</translation>
    </message>
    <message>
        <source>Processing record</source>
        <translation>Catatan pemrosesan</translation>
    </message>
    <message>
        <source>PDF in English</source>
        <translation>PDF bahasa Inggris</translation>
    </message>
    <message>
        <source>PDF in Indonesian</source>
        <translation>PDF bahasa Indonesia</translation>
    </message>
    <message>
        <source>Page (HTML)</source>
        <translation>Halaman (HTML)</translation>
    </message>
    <message>
        <source>Purpose</source>
        <translation>Tujuan</translation>
    </message>
    <message>
        <source>Grounds</source>
        <translation>Dasar</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Data</translation>
    </message>
    <message>
        <source>Who else gets it</source>
        <translation>Penerima lain</translation>
    </message>
    <message>
        <source>Kept at the longest</source>
        <translation>Disimpan paling lama</translation>
    </message>
    <message>
        <source>Activities by purpose</source>
        <translation>Kegiatan menurut tujuan</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Kolom</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Kelas</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>Kategori</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>Disimpan</translation>
    </message>
    <message>
        <source>Purposes</source>
        <translation>Tujuan</translation>
    </message>
    <message>
        <source>Fields</source>
        <translation>Kolom</translation>
    </message>
    <message>
        <source>Use in 90 days</source>
        <translation>Pemakaian dalam 90 hari</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>Kali</translation>
    </message>
    <message>
        <source>Last</source>
        <translation>Terakhir</translation>
    </message>
    <message>
        <source>Which fields are used</source>
        <translation>Kolom yang dipakai</translation>
    </message>
    <message>
        <source>By purpose</source>
        <translation>Per tujuan</translation>
    </message>
    <message>
        <source>Field by field</source>
        <translation>Per kolom</translation>
    </message>
    <message>
        <source>Use of fields</source>
        <translation>Pemakaian kolom</translation>
    </message>
    <message>
        <source>The inventory does not say one thing that this record should have: {what}</source>
        <translation>Inventaris tidak menyebut satu hal yang seharusnya ada di catatan ini: {what}</translation>
    </message>
    <message>
        <source>The inventory does not say {n} things that this record should have: {what}</source>
        <translation>Inventaris tidak menyebut {n} hal yang seharusnya ada di catatan ini: {what}</translation>
    </message>
    <message>
        <source>And {n} more, which the documents name.</source>
        <translation>Dan {n} lagi, yang disebut dalam dokumennya.</translation>
    </message>
    <message>
        <source>Making the PDF…</source>
        <translation>Membuat PDF…</translation>
    </message>
    <message>
        <source>Making it…</source>
        <translation>Sedang dibuat…</translation>
    </message>
    <message>
        <source>Saved as {path}. It stays there: no wipe removes it. Audit entry {n}.</source>
        <translation>Disimpan sebagai {path}. Berkas itu tetap ada: tidak dihapus oleh pembersihan. Entri audit {n}.</translation>
    </message>
</context>
<context>
    <name>RecoveryCard</name>
    <message>
        <source>Recovery codes</source>
        <translation>Kode pemulihan</translation>
    </message>
    <message>
        <source>Make new ones…</source>
        <translation>Buat yang baru…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Batal</translation>
    </message>
    <message>
        <source>Make ten new codes</source>
        <translation>Buat sepuluh kode baru</translation>
    </message>
    <message>
        <source>{n} of 10 are left; each works once.</source>
        <translation>Tersisa {n} dari 10; masing-masing berlaku sekali.</translation>
    </message>
    <message>
        <source>The new codes count; earlier ones do not work any more.</source>
        <translation>Kode baru berlaku; yang lama tidak berlaku lagi.</translation>
    </message>
    <message>
        <source>Making…</source>
        <translation>Membuat…</translation>
    </message>
</context>
<context>
    <name>RecoveryCodes</name>
    <message>
        <source>If your authenticator is lost, your password and one of these codes set up another. Each works once. Keep them on paper, away from this workstation.</source>
        <translation>Bila autentikator Anda hilang, kata sandi Anda dan satu kode ini memasang yang lain. Masing-masing berlaku sekali. Simpan di kertas, jauh dari komputer ini.</translation>
    </message>
    <message>
        <source>They are shown this once. New ones can be made in My account.</source>
        <translation>Hanya ditampilkan sekali ini. Yang baru bisa dibuat di Akun saya.</translation>
    </message>
    <message>
        <source>Print once…</source>
        <translation>Cetak sekali…</translation>
    </message>
    <message>
        <source>I have them</source>
        <translation>Sudah saya simpan</translation>
    </message>
    <message>
        <source>This workstation knows no printer. Copy them by hand.</source>
        <translation>Komputer ini tidak mengenal printer. Salin dengan tangan.</translation>
    </message>
    <message>
        <source>Recovery codes</source>
        <translation>Kode pemulihan</translation>
    </message>
    <message>
        <source>Print recovery codes</source>
        <translation>Cetak kode pemulihan</translation>
    </message>
    <message>
        <source>The printer does not take it. Copy them by hand.</source>
        <translation>Printer tidak menerimanya. Salin dengan tangan.</translation>
    </message>
    <message>
        <source>Sent to the printer.</source>
        <translation>Dikirim ke printer.</translation>
    </message>
    <message>
        <source>Tirai recovery codes</source>
        <translation>Kode pemulihan Tirai</translation>
    </message>
    <message>
        <source>Each works once, with your password. Keep this page locked away.</source>
        <translation>Masing-masing berlaku sekali, bersama kata sandi Anda. Simpan halaman ini di tempat terkunci.</translation>
    </message>
</context>
<context>
    <name>RecoveryPage</name>
    <message>
        <source>Use one of your recovery codes</source>
        <translation>Pakai salah satu kode pemulihan Anda</translation>
    </message>
    <message>
        <source>With your password it sets up another authenticator. The code is used up then.</source>
        <translation>Bersama kata sandi Anda, kode ini memasang autentikator lain. Setelah itu kodenya habis terpakai.</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>Akun</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Kata sandi</translation>
    </message>
    <message>
        <source>Recovery code</source>
        <translation>Kode pemulihan</translation>
    </message>
    <message>
        <source>No code left? An administrator and a second person can reset your account.</source>
        <translation>Tidak ada kode lagi? Administrator dan orang kedua dapat menyetel ulang akun Anda.</translation>
    </message>
</context>
<context>
    <name>RemovingLine</name>
    <message>
        <source>Remove the value</source>
        <translation>Hapus nilainya</translation>
    </message>
    <message>
        <source>Remove the value of {field}</source>
        <translation>Hapus nilai {field}</translation>
    </message>
    <message>
        <source>Why is it removed? The reason is written down; what was there stays sealed.</source>
        <translation>Mengapa dihapus? Alasannya dicatat; isi sebelumnya tetap tersegel.</translation>
    </message>
    <message>
        <source>Why is it removed? The reason is written down; what was there is kept.</source>
        <translation>Mengapa dihapus? Alasannya dicatat; isi sebelumnya disimpan.</translation>
    </message>
    <message>
        <source>The value is wrong</source>
        <translation>Nilainya salah</translation>
    </message>
    <message>
        <source>The customer withdrew it</source>
        <translation>Pelanggan menariknya kembali</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>Jangan hapus</translation>
    </message>
</context>
<context>
    <name>ReportPopover</name>
    <message>
        <source>Report a suspicion</source>
        <translation>Laporkan dugaan</translation>
    </message>
    <message>
        <source>Press what it looks like: it goes to the privacy officer at once. Nobody is blamed for a false alarm.</source>
        <translation>Tekan yang paling mirip: laporan langsung sampai ke petugas privasi. Laporan yang keliru tidak disalahkan.</translation>
    </message>
    <message>
        <source>What you saw, if you want to say more</source>
        <translation>Apa yang Anda lihat, bila ingin menambahkan</translation>
    </message>
    <message>
        <source>What you saw</source>
        <translation>Apa yang Anda lihat</translation>
    </message>
    <message>
        <source>This is a drill</source>
        <translation>Ini latihan</translation>
    </message>
    <message>
        <source>Write plain text, at most 2,000 characters.</source>
        <translation>Tulis teks biasa, paling banyak 2.000 karakter.</translation>
    </message>
</context>
<context>
    <name>Reporting</name>
    <message>
        <source>Reported as no. {n}. The privacy officer sees it now.</source>
        <translation>Dilaporkan sebagai no. {n}. Petugas privasi melihatnya sekarang.</translation>
    </message>
</context>
<context>
    <name>RequestCard</name>
    <message>
        <source>{name} asks for one field</source>
        <translation>{name} minta satu kolom</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Kolom</translation>
    </message>
    <message>
        <source>Mask</source>
        <translation>Samaran</translation>
    </message>
    <message>
        <source>the name is not needed here</source>
        <translation>nama tidak diperlukan di sini</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>Pelanggan</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Alasan</translation>
    </message>
    <message>
        <source>Agent’s words</source>
        <translation>Kata agen</translation>
    </message>
    <message>
        <source>verified in this call</source>
        <translation>terverifikasi di panggilan ini</translation>
    </message>
    <message>
        <source>not verified</source>
        <translation>belum terverifikasi</translation>
    </message>
    <message>
        <source>Caller</source>
        <translation>Penelepon</translation>
    </message>
    <message>
        <source>Waiting {a} of {b}</source>
        <translation>Menunggu {a} dari {b}</translation>
    </message>
</context>
<context>
    <name>RequestDetail</name>
    <message>
        <source>Nothing was written down, or it went with its customer.</source>
        <translation>Tidak ada yang dicatat, atau sudah terhapus bersama pelanggannya.</translation>
    </message>
    <message>
        <source>No. {n}: {kind}</source>
        <translation>No. {n}: {kind}</translation>
    </message>
    <message>
        <source>The customer is gone</source>
        <translation>Pelanggan sudah tidak ada</translation>
    </message>
    <message>
        <source>No customer of ours</source>
        <translation>Bukan pelanggan kami</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>Diterima</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>Tenggat</translation>
    </message>
    <message>
        <source>Term</source>
        <translation>Jangka waktu</translation>
    </message>
    <message>
        <source>Taken by</source>
        <translation>Dicatat oleh</translation>
    </message>
    <message>
        <source>Purposes</source>
        <translation>Tujuan</translation>
    </message>
    <message>
        <source>Held now</source>
        <translation>Ditahan sekarang</translation>
    </message>
    <message>
        <source>Identity</source>
        <translation>Identitas</translation>
    </message>
    <message>
        <source>Found to be theirs by</source>
        <translation>Dikaitkan oleh</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Alasan</translation>
    </message>
    <message>
        <source>Proposed by</source>
        <translation>Diusulkan oleh</translation>
    </message>
    <message>
        <source>Decided by</source>
        <translation>Diputuskan oleh</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>Berakhir</translation>
    </message>
    <message>
        <source>Order to erase</source>
        <translation>Perintah hapus</translation>
    </message>
    <message>
        <source>In the person’s words</source>
        <translation>Dalam kata-kata orangnya</translation>
    </message>
    <message>
        <source>Show what was asked for</source>
        <translation>Tampilkan isi permintaan</translation>
    </message>
    <message>
        <source>Sent back by</source>
        <translation>Dikembalikan oleh</translation>
    </message>
    <message>
        <source>Letter sent</source>
        <translation>Surat dikirim</translation>
    </message>
    <message>
        <source>Consignment</source>
        <translation>Kiriman</translation>
    </message>
    <message>
        <source>A refusal waits for you as the second person.</source>
        <translation>Sebuah penolakan menunggu Anda sebagai orang kedua.</translation>
    </message>
    <message>
        <source>A copy of this person’s data waits for you as the second person.</source>
        <translation>Salinan data orang ini menunggu Anda sebagai orang kedua.</translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>Setujui</translation>
    </message>
    <message>
        <source>Send back</source>
        <translation>Kembalikan</translation>
    </message>
    <message>
        <source>Another privacy officer or a supervisor decides.</source>
        <translation>Petugas privasi lain atau supervisor yang memutuskan.</translation>
    </message>
    <message>
        <source>Refuse…</source>
        <translation>Tolak…</translation>
    </message>
    <message>
        <source>The person takes it back</source>
        <translation>Dicabut oleh orangnya</translation>
    </message>
    <message>
        <source>It is a customer’s…</source>
        <translation>Ini milik pelanggan…</translation>
    </message>
    <message>
        <source>It is not this customer’s…</source>
        <translation>Bukan milik pelanggan ini…</translation>
    </message>
    <message>
        <source>Look the person up in the console first, by each whole number or address they gave.</source>
        <translation>Cari dulu orang ini di konsol, dengan setiap nomor atau alamat lengkap yang diberikannya.</translation>
    </message>
    <message>
        <source>Nothing is held: it is answered</source>
        <translation>Tidak ada data: sudah dijawab</translation>
    </message>
    <message>
        <source>Granted until {t}.</source>
        <translation>Diizinkan sampai {t}.</translation>
    </message>
    <message>
        <source>Make the copy…</source>
        <translation>Buat salinan…</translation>
    </message>
    <message>
        <source>Propose a copy of the data</source>
        <translation>Usulkan salinan data</translation>
    </message>
    <message>
        <source>First propose the erasure on its own page, with this number: {n}. It takes two people.</source>
        <translation>Usulkan dahulu penghapusannya di halaman Penghapusan, dengan nomor ini: {n}. Dua orang diperlukan.</translation>
    </message>
    <message>
        <source>First correct the field on the customer’s card.</source>
        <translation>Perbaiki dahulu kolomnya di kartu pelanggan.</translation>
    </message>
    <message>
        <source>It is answered</source>
        <translation>Sudah dijawab</translation>
    </message>
    <message>
        <source>This customer was last spoken with in this way: {way}. Write to them so, too.</source>
        <translation>Pelanggan ini terakhir diajak bicara dengan cara ini: {way}. Surati juga dengan cara itu.</translation>
    </message>
    <message>
        <source>In large print</source>
        <translation>Dengan huruf besar</translation>
    </message>
    <message>
        <source>Letter in Indonesian…</source>
        <translation>Surat berbahasa Indonesia…</translation>
    </message>
    <message>
        <source>Letter in English…</source>
        <translation>Surat berbahasa Inggris…</translation>
    </message>
    <message>
        <source>First made {t}.</source>
        <translation>Pertama dibuat {t}.</translation>
    </message>
    <message>
        <source>Lift the restriction</source>
        <translation>Cabut pembatasan</translation>
    </message>
    <message>
        <source>Free the held purposes</source>
        <translation>Bebaskan tujuan yang ditahan</translation>
    </message>
    <message>
        <source>It went out again…</source>
        <translation>Dikirim lagi…</translation>
    </message>
    <message>
        <source>It went out…</source>
        <translation>Sudah dikirim…</translation>
    </message>
    <message>
        <source>How the identity was checked</source>
        <translation>Cara identitas diperiksa</translation>
    </message>
    <message>
        <source>The identity is checked</source>
        <translation>Identitas sudah diperiksa</translation>
    </message>
    <message>
        <source>The law knows these reasons. A second person decides, and the letter names the article.</source>
        <translation>Peraturan mengenal alasan-alasan ini. Orang kedua yang memutuskan, dan surat menyebut pasalnya.</translation>
    </message>
    <message>
        <source>Why it is refused</source>
        <translation>Alasan penolakan</translation>
    </message>
    <message>
        <source>Propose the refusal</source>
        <translation>Usulkan penolakan</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Batal</translation>
    </message>
</context>
<context>
    <name>RequestPopover</name>
    <message>
        <source>A request about personal data</source>
        <translation>Permintaan tentang data pribadi</translation>
    </message>
    <message>
        <source>A request by somebody who is no customer</source>
        <translation>Permintaan dari yang bukan pelanggan</translation>
    </message>
    <message>
        <source>It gets a number and a term of 3 × 24 hours. The privacy officer answers it.</source>
        <translation>Permintaan mendapat nomor dan tenggat 3 × 24 jam. Petugas privasi yang menjawab.</translation>
    </message>
    <message>
        <source>What is asked for</source>
        <translation>Apa yang diminta</translation>
    </message>
    <message>
        <source>How it came</source>
        <translation>Cara datangnya</translation>
    </message>
    <message>
        <source>When it came</source>
        <translation>Kapan datangnya</translation>
    </message>
    <message>
        <source>For which purposes</source>
        <translation>Untuk tujuan apa</translation>
    </message>
    <message>
        <source>In the person’s words, if there is more to say</source>
        <translation>Dalam kata-kata orangnya, bila ada tambahan</translation>
    </message>
    <message>
        <source>What the person asks for</source>
        <translation>Isi permintaan</translation>
    </message>
    <message>
        <source>Who asks, where the letter goes, and what they ask for</source>
        <translation>Siapa yang meminta, ke mana suratnya dikirim, dan apa yang diminta</translation>
    </message>
    <message>
        <source>Who asks, and for what</source>
        <translation>Siapa yang meminta, dan apa</translation>
    </message>
    <message>
        <source>It came just now</source>
        <translation>Baru saja datang</translation>
    </message>
    <message>
        <source>It came {n} day ago</source>
        <translation>Datang {n} hari lalu</translation>
    </message>
    <message>
        <source>It came {n} days ago</source>
        <translation>Datang {n} hari lalu</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Batal</translation>
    </message>
    <message>
        <source>Take it down</source>
        <translation>Catat</translation>
    </message>
    <message>
        <source>Write plain text, at most 1,000 characters.</source>
        <translation>Tulis teks biasa, paling banyak 1.000 karakter.</translation>
    </message>
    <message>
        <source>Taking it down…</source>
        <translation>Mencatat…</translation>
    </message>
</context>
<context>
    <name>RequestTaken</name>
    <message>
        <source>Request no. {n}</source>
        <translation>Permintaan no. {n}</translation>
    </message>
    <message>
        <source>Tell the person this number, and that the answer is due by {t}.</source>
        <translation>Beri tahu orangnya nomor ini, dan bahwa jawabannya paling lambat {t}.</translation>
    </message>
    <message>
        <source>Told</source>
        <translation>Sudah diberi tahu</translation>
    </message>
</context>
<context>
    <name>RequestTaking</name>
    <message>
        <source>Taken as request no. {n}, due {t}.</source>
        <translation>Dicatat sebagai permintaan no. {n}, tenggat {t}.</translation>
    </message>
</context>
<context>
    <name>RequestsPage</name>
    <message>
        <source>Rights under UU PDP art. 5 to 13, each with its clock. Customers’ requests are taken on their card.</source>
        <translation>Hak menurut UU PDP Pasal 5 sampai 13, masing-masing dengan tenggatnya. Permintaan pelanggan dicatat di kartunya.</translation>
    </message>
    <message>
        <source>Requests of customers</source>
        <translation>Permintaan pelanggan</translation>
    </message>
    <message>
        <source>By a non-customer…</source>
        <translation>Dari bukan pelanggan…</translation>
    </message>
    <message>
        <source>Take down a request by somebody who is no customer</source>
        <translation>Catat permintaan dari orang yang bukan pelanggan</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>Permintaan</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>Pelanggan</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>Diterima</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>Sisa waktu</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Nobody has asked for anything yet. Requests are taken on a customer’s card.</source>
        <translation>Belum ada permintaan. Permintaan dicatat di kartu pelanggan.</translation>
    </message>
    <message>
        <source>{n} older request is not shown.</source>
        <translation>{n} permintaan lama tidak ditampilkan.</translation>
    </message>
    <message>
        <source>{n} older requests are not shown.</source>
        <translation>{n} permintaan lama tidak ditampilkan.</translation>
    </message>
    <message>
        <source>Answered. Make the letter now.</source>
        <translation>Sudah dijawab. Buat suratnya sekarang.</translation>
    </message>
    <message>
        <source>Ended: it is taken back.</source>
        <translation>Berakhir: dicabut oleh orangnya.</translation>
    </message>
    <message>
        <source>Lifted: this request holds nothing any more.</source>
        <translation>Dicabut: permintaan ini tidak menahan apa pun lagi.</translation>
    </message>
    <message>
        <source>It is nobody’s again. The second entry stands in the register.</source>
        <translation>Permintaan kembali tanpa pelanggan. Catatan kedua ada di register.</translation>
    </message>
    <message>
        <source>Proposed.</source>
        <translation>Diusulkan.</translation>
    </message>
    <message>
        <source>Approved.</source>
        <translation>Disetujui.</translation>
    </message>
    <message>
        <source>Sent back.</source>
        <translation>Dikembalikan.</translation>
    </message>
    <message>
        <source>The identity is checked.</source>
        <translation>Identitas sudah diperiksa.</translation>
    </message>
    <message>
        <source>It is this customer’s now. Read number and name above before you answer.</source>
        <translation>Kini milik pelanggan ini. Baca nomor dan nama di atas sebelum menjawab.</translation>
    </message>
    <message>
        <source>Written down: its letter went out.</source>
        <translation>Dicatat: suratnya sudah dikirim.</translation>
    </message>
    <message>
        <source>Proposed. A second person decides.</source>
        <translation>Diusulkan. Orang kedua yang memutuskan.</translation>
    </message>
    <message>
        <source>Saved as {path}. It stays there: no wipe removes it.</source>
        <translation>Disimpan sebagai {path}. Berkas itu tetap di sana: tidak dihapus oleh penghapusan apa pun.</translation>
    </message>
    <message>
        <source>Saved as {path}, unsealed: hand it over, then delete it. Audit entry {n}.</source>
        <translation>Disimpan sebagai {path}, tidak tersegel: serahkan, lalu hapus. Entri audit {n}.</translation>
    </message>
</context>
<context>
    <name>RetentionPage</name>
    <message>
        <source>Longest and least times come from the inventory. Looking changes nothing.</source>
        <translation>Masa terlama dan tersingkat berasal dari inventaris. Melihat tidak mengubah apa pun.</translation>
    </message>
    <message>
        <source>Retention</source>
        <translation>Retensi</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Lihat lagi</translation>
    </message>
    <message>
        <source>Propose to destroy what is due</source>
        <translation>Usulkan pemusnahan yang jatuh tempo</translation>
    </message>
    <message>
        <source>The date is right</source>
        <translation>Tanggalnya benar</translation>
    </message>
    <message>
        <source>Values that have to go, by month</source>
        <translation>Nilai yang harus dimusnahkan, per bulan</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Kolom</translation>
    </message>
    <message>
        <source>For</source>
        <translation>Untuk</translation>
    </message>
    <message>
        <source>At least</source>
        <translation>Paling singkat</translation>
    </message>
    <message>
        <source>At most</source>
        <translation>Paling lama</translation>
    </message>
    <message>
        <source>Due now</source>
        <translation>Jatuh tempo</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>Aturan</translation>
    </message>
    <message>
        <source>On {day}: {n} customer is due whole, and single fields of {m} others.</source>
        <translation>Per {day}: {n} pelanggan jatuh tempo seluruhnya, dan kolom tertentu dari {m} pelanggan lain.</translation>
    </message>
    <message>
        <source>On {day}: {n} customers are due whole, and single fields of {m} others.</source>
        <translation>Per {day}: {n} pelanggan jatuh tempo seluruhnya, dan kolom tertentu dari {m} pelanggan lain.</translation>
    </message>
    <message>
        <source>On {day}: nothing is due.</source>
        <translation>Per {day}: tidak ada yang jatuh tempo.</translation>
    </message>
    <message>
        <source>1 customer is held.</source>
        <translation>1 pelanggan ditahan.</translation>
    </message>
    <message>
        <source>{n} customers are held.</source>
        <translation>{n} pelanggan ditahan.</translation>
    </message>
    <message>
        <source>Of {n} no date is known, so nothing of them is due.</source>
        <translation>Tanggal {n} pelanggan tidak diketahui, sehingga belum ada yang jatuh tempo.</translation>
    </message>
    <message>
        <source>Some that are due, by pseudonym: {ids}</source>
        <translation>Beberapa yang jatuh tempo, dengan pseudonim: {ids}</translation>
    </message>
    <message>
        <source>Of {n} field a least time stands against a longest one. Choose a field to see which decides.</source>
        <translation>Pada {n} kolom, waktu minimum bertentangan dengan waktu maksimum. Pilih kolom itu untuk melihat mana yang berlaku.</translation>
    </message>
    <message>
        <source>Of {n} fields a least time stands against a longest one. Choose one to see which decides.</source>
        <translation>Pada {n} kolom, waktu minimum bertentangan dengan waktu maksimum. Pilih satu untuk melihat mana yang berlaku.</translation>
    </message>
    <message>
        <source>Choose a field to see what decides.</source>
        <translation>Pilih kolom untuk melihat apa yang berlaku.</translation>
    </message>
    <message>
        <source>The office’s clock says {day}, further ahead than it can be. Nothing is due until a privacy officer says that it is right.</source>
        <translation>Jam kantor menunjukkan {day}, lebih jauh ke depan daripada yang mungkin. Tidak ada yang jatuh tempo sampai petugas privasi menyatakan tanggalnya benar.</translation>
    </message>
    <message>
        <source>The office’s clock says {day}, which was over already. Nothing is due until a privacy officer says that it is right.</source>
        <translation>Jam kantor menunjukkan {day}, yang sudah lewat. Tidak ada yang jatuh tempo sampai petugas privasi menyatakan tanggalnya benar.</translation>
    </message>
    <message>
        <source>Order {n} waits for somebody else’s approval.</source>
        <translation>Perintah {n} menunggu persetujuan orang lain.</translation>
    </message>
</context>
<context>
    <name>RevealPopover</name>
    <message>
        <source>Reveal {field}</source>
        <translation>Buka {field}</translation>
    </message>
    <message>
        <source>Opens for {n} seconds and is written down with your name.</source>
        <translation>Terbuka {n} detik dan dicatat atas nama Anda.</translation>
    </message>
    <message>
        <source>Open {n} s</source>
        <translation>Buka {n} dtk</translation>
    </message>
</context>
<context>
    <name>RightPage</name>
    <message>
        <source>Open fields lie in the console and need no key.</source>
        <translation>Kolom terbuka ada di konsol dan tidak perlu kunci.</translation>
    </message>
    <message>
        <source>needed</source>
        <translation>perlu</translation>
    </message>
    <message>
        <source>not needed</source>
        <translation>tidak perlu</translation>
    </message>
    <message>
        <source>Fresh code</source>
        <translation>Kode baru</translation>
    </message>
    <message>
        <source>Decides</source>
        <translation>Memutuskan</translation>
    </message>
    <message>
        <source>Quota</source>
        <translation>Jatah</translation>
    </message>
    <message>
        <source>Off hours</source>
        <translation>Di luar jam kerja</translation>
    </message>
    <message>
        <source>Reasons to reveal</source>
        <translation>Alasan untuk membuka</translation>
    </message>
    <message>
        <source>Reasons to ask</source>
        <translation>Alasan untuk meminta</translation>
    </message>
    <message>
        <source>None: nothing opens.</source>
        <translation>Tidak ada: tidak ada yang terbuka.</translation>
    </message>
    <message>
        <source>own words</source>
        <translation>kata sendiri</translation>
    </message>
    <message>
        <source>identified caller</source>
        <translation>penelepon terverifikasi</translation>
    </message>
    <message>
        <source>In the edit</source>
        <translation>Dalam perubahan</translation>
    </message>
    <message>
        <source>May</source>
        <translation>Boleh</translation>
    </message>
    <message>
        <source>Decides on requests</source>
        <translation>Memutuskan permintaan</translation>
    </message>
    <message>
        <source>Put into the edit</source>
        <translation>Masukkan ke perubahan</translation>
    </message>
</context>
<context>
    <name>Rounds</name>
    <message>
        <source>No one is waiting. Search, or take a call.</source>
        <translation>Tidak ada yang menunggu. Cari, atau terima telepon.</translation>
    </message>
    <message>
        <source>The visit is back.</source>
        <translation>Kunjungan kembali.</translation>
    </message>
</context>
<context>
    <name>RowMarks</name>
    <message>
        <source>Change {field}</source>
        <translation>Ubah {field}</translation>
    </message>
    <message>
        <source>changed once</source>
        <translation>diubah satu kali</translation>
    </message>
    <message>
        <source>changed {n} times</source>
        <translation>diubah {n} kali</translation>
    </message>
    <message>
        <source>{words} ({key})</source>
        <translation>{words} ({key})</translation>
    </message>
    <message>
        <source>{key} changes it</source>
        <translation>{key} mengubahnya</translation>
    </message>
</context>
<context>
    <name>ScopeForm</name>
    <message>
        <source>From: day and time</source>
        <translation>Dari: hari dan jam</translation>
    </message>
    <message>
        <source>Until: day and time</source>
        <translation>Sampai: hari dan jam</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>Akun</translation>
    </message>
    <message>
        <source>Workstation</source>
        <translation>Komputer</translation>
    </message>
    <message>
        <source>Class of data</source>
        <translation>Kelas data</translation>
    </message>
    <message>
        <source>All classes of data</source>
        <translation>Semua kelas data</translation>
    </message>
    <message>
        <source>Set the scope</source>
        <translation>Tetapkan cakupan</translation>
    </message>
</context>
<context>
    <name>SealedText</name>
    <message>
        <source>open</source>
        <translation>terbuka</translation>
    </message>
</context>
<context>
    <name>SearchBar</name>
    <message>
        <source>Name, number, phone, ticket</source>
        <translation>Nama, nomor, telepon, tiket</translation>
    </message>
    <message>
        <source>Find by name, customer number, city or ticket; or by a whole phone, NIK or card number</source>
        <translation>Cari nama, nomor pelanggan, kota, atau tiket; atau nomor telepon, NIK, atau kartu yang lengkap</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Antrean</translation>
    </message>
    <message>
        <source>All my queues</source>
        <translation>Semua antrean saya</translation>
    </message>
</context>
<context>
    <name>SeatCodePage</name>
    <message>
        <source>Code of the workstation, shown once</source>
        <translation>Kode komputer, ditampilkan sekali</translation>
    </message>
    <message>
        <source>It is shown this once. Take it back and make another one if it is lost.</source>
        <translation>Kode hanya ditampilkan sekali ini. Jika hilang, tarik kembali dan buat yang baru.</translation>
    </message>
    <message>
        <source>At the workstation, as the person who works there: tirai seat enrol. It asks for the code.</source>
        <translation>Di komputer itu, oleh orang yang bekerja di sana: tirai seat enrol. Perintah itu meminta kodenya.</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Salin</translation>
    </message>
    <message>
        <source>I have noted it</source>
        <translation>Sudah saya catat</translation>
    </message>
    <message>
        <source>Code of a workstation</source>
        <translation>Kode komputer</translation>
    </message>
    <message>
        <source>It counts once, until {t}.</source>
        <translation>Berlaku sekali, sampai {t}.</translation>
    </message>
    <message>
        <source>Copied; the clipboard is cleared in {n} seconds</source>
        <translation>Tersalin; papan klip dihapus dalam {n} detik</translation>
    </message>
</context>
<context>
    <name>SentQuestion</name>
    <message>
        <source>How the letter went out</source>
        <translation>Cara surat dikirim</translation>
    </message>
    <message>
        <source>On which day</source>
        <translation>Pada hari apa</translation>
    </message>
    <message>
        <source>Number of the consignment, if there is one</source>
        <translation>Nomor kiriman, jika ada</translation>
    </message>
    <message>
        <source>Consignment number</source>
        <translation>Nomor kiriman</translation>
    </message>
    <message>
        <source>The letter went out</source>
        <translation>Surat sudah dikirim</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Batal</translation>
    </message>
</context>
<context>
    <name>SessionBar</name>
    <message>
        <source>New colleagues</source>
        <translation>Rekan baru</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>Menu</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>Kunci</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Keluar</translation>
    </message>
    <message>
        <source>New colleagues, {n} waiting</source>
        <translation>Rekan baru, {n} menunggu</translation>
    </message>
    <message>
        <source>Signing out…</source>
        <translation>Keluar…</translation>
    </message>
    <message>
        <source>Lease {t}</source>
        <translation>Masa aktif {t}</translation>
    </message>
    <message>
        <source>{t} left</source>
        <translation>sisa {t}</translation>
    </message>
</context>
<context>
    <name>SessionStrips</name>
    <message>
        <source>Look</source>
        <translation>Lihat</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Tutup</translation>
    </message>
    <message>
        <source>The local copy was damaged and is being fetched again. Nothing is lost.</source>
        <translation>Salinan lokal rusak dan sedang diambil lagi. Tidak ada yang hilang.</translation>
    </message>
    <message>
        <source>A supervisor still has to hand you your class keys; masks and search work already.</source>
        <translation>Supervisor masih harus menyerahkan kunci kelas Anda; samaran dan cari sudah jalan.</translation>
    </message>
    <message>
        <source>Requests wait for a decision.</source>
        <translation>Ada permintaan yang menunggu keputusan.</translation>
    </message>
    <message>
        <source>A request waits for a decision.</source>
        <translation>Satu permintaan menunggu keputusan.</translation>
    </message>
    <message>
        <source>Back office away since {t}. Masks, search and notes go on. No reveals.</source>
        <translation>Back office terputus sejak {t}. Samaran, cari, dan catatan tetap jalan. Tidak ada yang bisa dibuka.</translation>
    </message>
</context>
<context>
    <name>SessionsCard</name>
    <message>
        <source>Running sessions</source>
        <translation>Sesi yang berjalan</translation>
    </message>
    <message>
        <source>End the others</source>
        <translation>Akhiri yang lain</translation>
    </message>
    <message>
        <source>{n} beside this one</source>
        <translation>{n} selain yang ini</translation>
    </message>
    <message>
        <source>Only this one runs.</source>
        <translation>Hanya yang ini yang berjalan.</translation>
    </message>
    <message>
        <source>Ending…</source>
        <translation>Mengakhiri…</translation>
    </message>
    <message>
        <source>Sessions ended: {n}.</source>
        <translation>Sesi diakhiri: {n}.</translation>
    </message>
</context>
<context>
    <name>SetUpScreen</name>
    <message>
        <source>Office</source>
        <translation>Kantor</translation>
    </message>
    <message>
        <source>Administrator</source>
        <translation>Administrator</translation>
    </message>
    <message>
        <source>Supervisor</source>
        <translation>Supervisor</translation>
    </message>
    <message>
        <source>Recovery kit</source>
        <translation>Kit pemulihan</translation>
    </message>
    <message>
        <source>Set up this office</source>
        <translation>Siapkan kantor ini</translation>
    </message>
    <message>
        <source>They are written down, go to sign-in</source>
        <translation>Sudah ditulis, ke halaman masuk</translation>
    </message>
    <message>
        <source>Nothing is kept before the last step</source>
        <translation>Tidak ada yang disimpan sebelum langkah terakhir</translation>
    </message>
    <message>
        <source>Give the office a name first.</source>
        <translation>Beri nama kantor dulu.</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>Memeriksa…</translation>
    </message>
    <message>
        <source>The person’s name and the account name are both needed.</source>
        <translation>Nama lengkap dan nama akun perlu diisi.</translation>
    </message>
    <message>
        <source>I have them</source>
        <translation>Sudah saya simpan</translation>
    </message>
    <message>
        <source>For {name} alone</source>
        <translation>Hanya untuk {name}</translation>
    </message>
    <message>
        <source>Making the office…</source>
        <translation>Membuat kantor…</translation>
    </message>
    <message>
        <source>Write the codes down first; nobody can show them again. Close again to leave.</source>
        <translation>Tulis dulu kodenya; tidak ada yang bisa menampilkannya lagi. Tutup sekali lagi untuk keluar.</translation>
    </message>
    <message>
        <source>Start over</source>
        <translation>Mulai dari awal</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Kembali</translation>
    </message>
</context>
<context>
    <name>ShowHere</name>
    <message>
        <source>Run this in a terminal of this machine, and open the address that it says in a private window. The customer sits at it. It ends after 15 minutes, or by Ctrl-C.</source>
        <translation>Jalankan ini di terminal komputer ini, lalu buka alamat yang disebutkannya di jendela pribadi. Pelanggan duduk di depannya. Berakhir setelah 15 menit, atau dengan Ctrl-C.</translation>
    </message>
    <message>
        <source>Command that shows the page</source>
        <translation>Perintah yang menampilkan halaman</translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation>Salin perintah</translation>
    </message>
    <message>
        <source>The command was copied.</source>
        <translation>Perintah telah disalin.</translation>
    </message>
</context>
<context>
    <name>SignInForm</name>
    <message>
        <source>Sign in</source>
        <translation>Masuk</translation>
    </message>
    <message>
        <source>Looking for the back office…</source>
        <translation>Mencari back office…</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>Akun</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Kata sandi</translation>
    </message>
    <message>
        <source>Sends by itself at the sixth digit</source>
        <translation>Terkirim sendiri pada digit keenam</translation>
    </message>
    <message>
        <source>Code from your authenticator</source>
        <translation>Kode dari aplikasi autentikator</translation>
    </message>
    <message>
        <source>Looking at this workstation…</source>
        <translation>Memeriksa komputer ini…</translation>
    </message>
    <message>
        <source>One-user office: whoever holds this OS account and any valid password can go round its rules. An office installed as a service is stronger.</source>
        <translation>Kantor satu pengguna: siapa pun yang memegang akun OS ini dan satu kata sandi yang sah dapat melewati aturannya. Pemasangan sebagai layanan lebih kuat.</translation>
    </message>
    <message>
        <source>I have an activation code</source>
        <translation>Saya punya kode aktivasi</translation>
    </message>
    <message>
        <source>Lost your authenticator?</source>
        <translation>Autentikator hilang?</translation>
    </message>
    <message>
        <source>Your account is ready. Masks and search work; a supervisor still hands you your class keys.</source>
        <translation>Akun Anda siap. Samaran dan cari sudah jalan; supervisor masih akan menyerahkan kunci kelas Anda.</translation>
    </message>
    <message>
        <source>Your account is ready.</source>
        <translation>Akun Anda sudah siap.</translation>
    </message>
    <message>
        <source>Your new authenticator counts. Sign in with a code that it shows next.</source>
        <translation>Autentikator baru Anda berlaku. Masuk dengan kode yang ditampilkannya berikutnya.</translation>
    </message>
    <message>
        <source>Back office: {name}</source>
        <translation>Back office: {name}</translation>
    </message>
    <message>
        <source>{seat}: known, keyring ready</source>
        <translation>{seat}: dikenal, keyring siap</translation>
    </message>
    <message>
        <source>Back office: not reached</source>
        <translation>Back office: tidak terjangkau</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>Sedang masuk…</translation>
    </message>
    <message>
        <source>Caps Lock is on</source>
        <translation>Caps Lock aktif</translation>
    </message>
    <message>
        <source>Account, password and the six digits are all needed.</source>
        <translation>Akun, kata sandi, dan enam digit kode perlu diisi.</translation>
    </message>
</context>
<context>
    <name>SignInScreen</name>
    <message>
        <source>You are signed in already. That window was brought to the front.</source>
        <translation>Anda sudah masuk. Jendela itu ditampilkan di depan.</translation>
    </message>
</context>
<context>
    <name>SignInsCard</name>
    <message>
        <source>Last sign-ins</source>
        <translation>Masuk terakhir</translation>
    </message>
    <message>
        <source>A try that was not you? Tell your supervisor, and change your password.</source>
        <translation>Ada percobaan yang bukan Anda? Beri tahu supervisor, dan ubah kata sandi Anda.</translation>
    </message>
</context>
<context>
    <name>SourceBars</name>
    <message>
        <source>Controls met, by source</source>
        <translation>Kontrol terpenuhi, menurut sumber</translation>
    </message>
    <message>
        <source>{met} met, {not_met} not met here</source>
        <translation>{met} terpenuhi, {not_met} tidak di sini</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>Commands</source>
        <translation>Perintah</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tombol</translation>
    </message>
    <message>
        <source>Cache encrypted, {n} of {m} records</source>
        <translation>Cache terenkripsi, {n} dari {m} data</translation>
    </message>
    <message>
        <source>{n} of {m} records, search works already</source>
        <translation>{n} dari {m} data, cari sudah jalan</translation>
    </message>
    <message>
        <source>Cache encrypted, filling</source>
        <translation>Cache terenkripsi, sedang diisi</translation>
    </message>
    <message>
        <source>Cache encrypted, no records for you</source>
        <translation>Cache terenkripsi, tidak ada data untuk Anda</translation>
    </message>
    <message>
        <source>{n} data keys still move to a new key</source>
        <translation>{n} kunci data masih pindah ke kunci baru</translation>
    </message>
    <message>
        <source>{n} data key still moves to a new key</source>
        <translation>{n} kunci data masih pindah ke kunci baru</translation>
    </message>
    <message>
        <source>Copied, cleared in {n} s</source>
        <translation>Tersalin, dihapus dalam {n} dtk</translation>
    </message>
    <message>
        <source>Screen capture blocked</source>
        <translation>Tangkapan layar diblokir</translation>
    </message>
    <message>
        <source>Screen capture block: not available here</source>
        <translation>Blokir tangkapan layar: tidak tersedia</translation>
    </message>
    <message>
        <source>Screen capture block: refused by this system</source>
        <translation>Blokir tangkapan layar: ditolak sistem ini</translation>
    </message>
    <message>
        <source>IT lets screenshots through until {t}</source>
        <translation>IT mengizinkan tangkapan layar sampai {t}</translation>
    </message>
    <message>
        <source>This computer&apos;s lock does not lock Tirai: press {key} when you leave</source>
        <translation>Kunci layar komputer ini tidak mengunci Tirai: tekan {key} saat Anda pergi</translation>
    </message>
    <message>
        <source>This computer&apos;s sleep does not lock Tirai</source>
        <translation>Mode tidur komputer ini tidak mengunci Tirai</translation>
    </message>
    <message>
        <source>{n} kept here for the back office</source>
        <translation>{n} dititipkan di sini untuk back office</translation>
    </message>
    <message>
        <source>State: {states}</source>
        <translation>Keadaan: {states}</translation>
    </message>
    <message>
        <source>Back office away since {t}</source>
        <translation>Back office terputus sejak {t}</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>Terhubung</translation>
    </message>
    <message>
        <source>Connected, synced {n} s ago</source>
        <translation>Terhubung, sinkron {n} dtk lalu</translation>
    </message>
    <message>
        <source>Connected, synced {n} min ago</source>
        <translation>Terhubung, sinkron {n} mnt lalu</translation>
    </message>
    <message>
        <source>Notes open, watermark on</source>
        <translation>Catatan terbuka, tanda air aktif</translation>
    </message>
    <message>
        <source>1 field open, watermark on</source>
        <translation>1 kolom terbuka, tanda air aktif</translation>
    </message>
</context>
<context>
    <name>StepBar</name>
    <message>
        <source>Step {n} of {count}: {name}</source>
        <translation>Langkah {n} dari {count}: {name}</translation>
    </message>
</context>
<context>
    <name>StepCard</name>
    <message>
        <source>Back</source>
        <translation>Kembali</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Lanjut</translation>
    </message>
    <message>
        <source>Step {n} of {count}</source>
        <translation>Langkah {n} dari {count}</translation>
    </message>
</context>
<context>
    <name>StrengthBar</name>
    <message>
        <source>Guessed at once</source>
        <translation>Langsung tertebak</translation>
    </message>
    <message>
        <source>Easy to guess</source>
        <translation>Mudah ditebak</translation>
    </message>
    <message>
        <source>Could be guessed</source>
        <translation>Bisa ditebak</translation>
    </message>
    <message>
        <source>Hard to guess</source>
        <translation>Sulit ditebak</translation>
    </message>
    <message>
        <source>Very hard to guess</source>
        <translation>Sangat sulit ditebak</translation>
    </message>
    <message>
        <source>common words stand in it</source>
        <translation>berisi kata-kata umum</translation>
    </message>
    <message>
        <source>a name stands in it</source>
        <translation>berisi nama</translation>
    </message>
    <message>
        <source>keys that lie side by side</source>
        <translation>tombol yang berdampingan</translation>
    </message>
    <message>
        <source>it repeats itself</source>
        <translation>berulang</translation>
    </message>
    <message>
        <source>letters or digits in a row</source>
        <translation>huruf atau angka berurutan</translation>
    </message>
    <message>
        <source>a date stands in it</source>
        <translation>berisi tanggal</translation>
    </message>
</context>
<context>
    <name>TableBar</name>
    <message>
        <source>Filter</source>
        <translation>Saring</translation>
    </message>
    <message>
        <source>Clear filters</source>
        <translation>Hapus saringan</translation>
    </message>
    <message>
        <source>Views</source>
        <translation>Tampilan</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Kolom</translation>
    </message>
</context>
<context>
    <name>TableEmpty</name>
    <message>
        <source>Clear the filters</source>
        <translation>Hapus saringan</translation>
    </message>
    <message>
        <source>No record fits these filters</source>
        <translation>Tidak ada data yang cocok dengan saringan ini</translation>
    </message>
    <message>
        <source>No one found</source>
        <translation>Tidak ada yang ditemukan</translation>
    </message>
    <message>
        <source>Clear the filters, or look for something else.</source>
        <translation>Hapus saringan, atau cari yang lain.</translation>
    </message>
    <message>
        <source>Take one away, or clear them all.</source>
        <translation>Lepas satu, atau hapus semuanya.</translation>
    </message>
    <message>
        <source>Check the spelling, or look in all your queues.</source>
        <translation>Periksa ejaan, atau cari di semua antrean Anda.</translation>
    </message>
</context>
<context>
    <name>TableFoot</name>
    <message>
        <source>Making the column ready</source>
        <translation>Menyiapkan kolom</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Hentikan</translation>
    </message>
    <message>
        <source>Keep the order that is shown (Esc)</source>
        <translation>Pertahankan urutan yang tampil (Esc)</translation>
    </message>
    <message>
        <source>Making “{column}” ready to sort and filter</source>
        <translation>Menyiapkan “{column}” untuk diurutkan dan disaring</translation>
    </message>
</context>
<context>
    <name>TableHeader</name>
    <message>
        <source>Columns: Return sorts, Alt with an arrow moves, Shift with an arrow draws</source>
        <translation>Kolom: Enter mengurutkan, Alt dengan panah memindahkan, Shift dengan panah melebarkan</translation>
    </message>
</context>
<context>
    <name>TablePanel</name>
    <message>
        <source>Customers found, as a table</source>
        <translation>Pelanggan yang ditemukan, dalam tabel</translation>
    </message>
    <message>
        <source>{n} of {total} records, answered in {ms} ms</source>
        <translation>{n} dari {total} data, dijawab dalam {ms} ms</translation>
    </message>
    <message>
        <source>Sorting and filtering…</source>
        <translation>Mengurutkan dan menyaring…</translation>
    </message>
</context>
<context>
    <name>TableState</name>
    <message>
        <source>Give the view a name.</source>
        <translation>Beri nama tampilan ini.</translation>
    </message>
    <message>
        <source>Give it a shorter name.</source>
        <translation>Beri nama yang lebih pendek.</translation>
    </message>
    <message>
        <source>The name has somebody&apos;s number in it. A view is kept in the open: name what it shows.</source>
        <translation>Nama ini memuat nomor seseorang. Tampilan disimpan terbuka: beri nama menurut isinya.</translation>
    </message>
    <message>
        <source>A filter has somebody&apos;s number in it, so this view is not kept.</source>
        <translation>Ada saringan yang memuat nomor seseorang, jadi tampilan ini tidak disimpan.</translation>
    </message>
    <message>
        <source>Twelve views are kept. Remove one first.</source>
        <translation>Dua belas tampilan tersimpan. Hapus satu dulu.</translation>
    </message>
</context>
<context>
    <name>TagChips</name>
    <message>
        <source>Tag</source>
        <translation>Label</translation>
    </message>
    <message>
        <source>Choose tags</source>
        <translation>Pilih label</translation>
    </message>
    <message>
        <source>Take this tag away</source>
        <translation>Lepas label ini</translation>
    </message>
    <message>
        <source>Tags, four at most</source>
        <translation>Label, paling banyak empat</translation>
    </message>
</context>
<context>
    <name>TextPage</name>
    <message>
        <source>Edit as text</source>
        <translation>Ubah sebagai teks</translation>
    </message>
    <message>
        <source>What the text lacks is as it came with Tirai.</source>
        <translation>Yang tidak ada di teks mengikuti bawaan Tirai.</translation>
    </message>
    <message>
        <source>The policy as TOML</source>
        <translation>Kebijakan sebagai TOML</translation>
    </message>
    <message>
        <source>See what it changes</source>
        <translation>Lihat perubahannya</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Kembali</translation>
    </message>
    <message>
        <source>A policy has {n} characters at most.</source>
        <translation>Kebijakan paling panjang {n} karakter.</translation>
    </message>
    <message>
        <source>Certificate as PDF</source>
        <translation>Sertifikat sebagai PDF</translation>
    </message>
    <message>
        <source>For checking (JSON)</source>
        <translation>Untuk diperiksa (JSON)</translation>
    </message>
    <message>
        <source>Take the test</source>
        <translation>Mulai ujian</translation>
    </message>
    <message>
        <source>I have read them and accept</source>
        <translation>Sudah saya baca dan saya terima</translation>
    </message>
    <message>
        <source>Show: {screen}</source>
        <translation>Tampilkan: {screen}</translation>
    </message>
    <message>
        <source>Rules of conduct</source>
        <translation>Tata tertib</translation>
    </message>
    <message>
        <source>Version {n}. Until you accept them, reveals rest; everything else goes on.</source>
        <translation>Versi {n}. Sampai Anda menerimanya, pembukaan data ditangguhkan; yang lain tetap berjalan.</translation>
    </message>
    <message>
        <source>Version {n}, accepted on {day}.</source>
        <translation>Versi {n}, diterima pada {day}.</translation>
    </message>
    <message>
        <source>Version {n}.</source>
        <translation>Versi {n}.</translation>
    </message>
</context>
<context>
    <name>ThresholdPopover</name>
    <message>
        <source>Thresholds</source>
        <translation>Ambang</translation>
    </message>
    <message>
        <source>A rule fires at its value and above. Beside it: what each value would have found in 30 days.</source>
        <translation>Aturan menandai mulai dari nilainya. Di sampingnya: temuan tiap nilai dalam 30 hari.</translation>
    </message>
    <message>
        <source>Counting what each value would have found…</source>
        <translation>Menghitung temuan tiap nilai…</translation>
    </message>
    <message>
        <source>Only some roles may change them: policy says which.</source>
        <translation>Hanya peran tertentu yang boleh mengubahnya, menurut kebijakan.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Batal</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Tutup</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Simpan</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>Menyimpan…</translation>
    </message>
</context>
<context>
    <name>ThresholdRow</name>
    <message>
        <source>Less: {rule}</source>
        <translation>Kurangi: {rule}</translation>
    </message>
    <message>
        <source>More: {rule}</source>
        <translation>Tambah: {rule}</translation>
    </message>
    <message>
        <source>1 flag in 30 days</source>
        <translation>1 tanda dalam 30 hari</translation>
    </message>
    <message>
        <source>{n} flags in 30 days</source>
        <translation>{n} tanda dalam 30 hari</translation>
    </message>
    <message>
        <source>{a} to {b}, default {c}</source>
        <translation>{a} sampai {b}, bawaan {c}</translation>
    </message>
    <message>
        <source>{rule}: fires at {n} and above; that would have been {would}</source>
        <translation>{rule}: menandai mulai {n}; itu berarti {would}</translation>
    </message>
</context>
<context>
    <name>TrainingPage</name>
    <message>
        <source>Tests of the last twelve months. Which question one person missed is not shown.</source>
        <translation>Ujian dua belas bulan terakhir. Pertanyaan mana yang salah dijawab seseorang tidak ditampilkan.</translation>
    </message>
    <message>
        <source>Training report</source>
        <translation>Laporan pelatihan</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>Orang</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>Perlu diambil</translation>
    </message>
    <message>
        <source>Tests failed</source>
        <translation>Ujian tidak lulus</translation>
    </message>
    <message>
        <source>Next end</source>
        <translation>Berakhir berikutnya</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Orang</translation>
    </message>
    <message>
        <source>Lesson</source>
        <translation>Pelajaran</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>Pertanyaan</translation>
    </message>
    <message>
        <source>Asked</source>
        <translation>Ditanyakan</translation>
    </message>
    <message>
        <source>Wrong</source>
        <translation>Salah</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>Persentase</translation>
    </message>
    <message>
        <source>Questions that are missed</source>
        <translation>Pertanyaan yang sering salah</translation>
    </message>
    <message>
        <source>Everybody</source>
        <translation>Semua orang</translation>
    </message>
    <message>
        <source>Failed a test</source>
        <translation>Pernah tidak lulus</translation>
    </message>
    <message>
        <source>Questions missed</source>
        <translation>Pertanyaan yang salah</translation>
    </message>
</context>
<context>
    <name>TrainingScreen</name>
    <message>
        <source>Training</source>
        <translation>Pelatihan</translation>
    </message>
    <message>
        <source>Back to work</source>
        <translation>Kembali bekerja</translation>
    </message>
    <message>
        <source>Accepting…</source>
        <translation>Menerima…</translation>
    </message>
    <message>
        <source>Accepted. It is written down with your name.</source>
        <translation>Diterima. Dicatat dengan nama Anda.</translation>
    </message>
    <message>
        <source>Drawing questions…</source>
        <translation>Mengambil soal…</translation>
    </message>
    <message>
        <source>Judging…</source>
        <translation>Menilai…</translation>
    </message>
    <message>
        <source>Saved as {path}. It stays there: no wipe removes it.</source>
        <translation>Disimpan sebagai {path}. Berkas itu tetap ada: tidak dihapus oleh pembersihan.</translation>
    </message>
    <message>
        <source>Making the PDF…</source>
        <translation>Membuat PDF…</translation>
    </message>
    <message>
        <source>Saved as {path}. To check it: tirai training verify {path}</source>
        <translation>Disimpan di {path}. Untuk memeriksanya: tirai training verify {path}</translation>
    </message>
</context>
<context>
    <name>TrainingWatch</name>
    <message>
        <source>To the training</source>
        <translation>Ke pelatihan</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Tutup</translation>
    </message>
    <message>
        <source>New rules of conduct wait for you; until you accept them, reveals rest.</source>
        <translation>Ada tata tertib baru untuk Anda; sampai diterima, pembukaan data ditangguhkan.</translation>
    </message>
    <message>
        <source>{n} lesson is due; what it opens rests until then.</source>
        <translation>{n} pelajaran harus diambil; yang dibukanya ditangguhkan sampai saat itu.</translation>
    </message>
    <message>
        <source>{n} lessons are due; what they open rests until then.</source>
        <translation>{n} pelajaran harus diambil; yang dibukanya ditangguhkan sampai saat itu.</translation>
    </message>
</context>
<context>
    <name>UndoBar</name>
    <message>
        <source>Undo</source>
        <translation>Urungkan</translation>
    </message>
</context>
<context>
    <name>ValuesPopover</name>
    <message>
        <source>Find a value</source>
        <translation>Cari nilai</translation>
    </message>
    <message>
        <source>Reading the values…</source>
        <translation>Membaca nilai…</translation>
    </message>
    <message>
        <source>Any</source>
        <translation>Semua</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Terapkan</translation>
    </message>
    <message>
        <source>Nothing to choose from yet.</source>
        <translation>Belum ada yang bisa dipilih.</translation>
    </message>
</context>
<context>
    <name>VerdictPage</name>
    <message>
        <source>Back to the lesson</source>
        <translation>Kembali ke pelajaran</translation>
    </message>
    <message>
        <source>Another test</source>
        <translation>Ujian lain</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Lanjut</translation>
    </message>
    <message>
        <source>Passed</source>
        <translation>Lulus</translation>
    </message>
    <message>
        <source>Not passed</source>
        <translation>Belum lulus</translation>
    </message>
    <message>
        <source>{right} of {all} right; {needed} pass.</source>
        <translation>{right} dari {all} benar; lulus dengan {needed}.</translation>
    </message>
    <message>
        <source>Answers, one by one</source>
        <translation>Jawaban satu per satu</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Benar</translation>
    </message>
    <message>
        <source>Wrong</source>
        <translation>Salah</translation>
    </message>
    <message>
        <source>You meet it in: {screen}</source>
        <translation>Anda menemuinya di: {screen}</translation>
    </message>
</context>
<context>
    <name>VerifyBar</name>
    <message>
        <source>Verification</source>
        <translation>Verifikasi</translation>
    </message>
    <message>
        <source>Verify now</source>
        <translation>Verifikasi sekarang</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Berhenti</translation>
    </message>
    <message>
        <source>Not verified in this session.</source>
        <translation>Belum diverifikasi dalam sesi ini.</translation>
    </message>
    <message>
        <source>Chain verified to {n} at {t}</source>
        <translation>Rantai terverifikasi hingga {n} pada {t}</translation>
    </message>
    <message>
        <source>Chain holds to {n} only</source>
        <translation>Rantai utuh hanya hingga {n}</translation>
    </message>
    <message>
        <source>Verifying: {n} of {total}</source>
        <translation>Memverifikasi: {n} dari {total}</translation>
    </message>
</context>
<context>
    <name>VersionPage</name>
    <message>
        <source>in force</source>
        <translation>berlaku</translation>
    </message>
    <message>
        <source>Every edit stays within it: it says what a role may get at most. Only IT changes it.</source>
        <translation>Setiap perubahan tetap di dalamnya: ini batas tertinggi tiap peran. Hanya IT yang mengubahnya.</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Alasan</translation>
    </message>
    <message>
        <source>Proposed by</source>
        <translation>Diusulkan oleh</translation>
    </message>
    <message>
        <source>Proposed</source>
        <translation>Diusulkan</translation>
    </message>
    <message>
        <source>Confirmed by</source>
        <translation>Dikonfirmasi oleh</translation>
    </message>
    <message>
        <source>Confirmed</source>
        <translation>Dikonfirmasi</translation>
    </message>
    <message>
        <source>Begin an edit with it</source>
        <translation>Mulai perubahan dengan ini</translation>
    </message>
    <message>
        <source>Changed from: {version}</source>
        <translation>Perubahan dari: {version}</translation>
    </message>
    <message>
        <source>One of the two does not fit this Tirai any more.</source>
        <translation>Salah satu dari keduanya tidak cocok lagi dengan Tirai ini.</translation>
    </message>
</context>
<context>
    <name>VersionsPopover</name>
    <message>
        <source>Versions of {field}</source>
        <translation>Versi {field}</translation>
    </message>
    <message>
        <source>Older values stay sealed; none of them opens here.</source>
        <translation>Nilai lama tetap tersegel; tidak ada yang dibuka di sini.</translation>
    </message>
    <message>
        <source>{n} older ones are not listed.</source>
        <translation>{n} yang lebih lama tidak ditampilkan.</translation>
    </message>
    <message>
        <source>{name}, removed</source>
        <translation>{name}, dihapus</translation>
    </message>
    <message>
        <source>mask not kept</source>
        <translation>samaran tidak disimpan</translation>
    </message>
    <message>
        <source>No value</source>
        <translation>Tanpa nilai</translation>
    </message>
    <message>
        <source>{name}, by an import</source>
        <translation>{name}, lewat impor</translation>
    </message>
</context>
<context>
    <name>ViewsPopover</name>
    <message>
        <source>Saved views</source>
        <translation>Tampilan tersimpan</translation>
    </message>
    <message>
        <source>None yet. Filter and sort, then save that here.</source>
        <translation>Belum ada. Saring dan urutkan, lalu simpan di sini.</translation>
    </message>
    <message>
        <source>Return shows one, Del removes one.</source>
        <translation>Enter menampilkan, Del menghapus.</translation>
    </message>
    <message>
        <source>Name of the view</source>
        <translation>Nama tampilan</translation>
    </message>
    <message>
        <source>Save what is shown</source>
        <translation>Simpan yang tampil</translation>
    </message>
    <message>
        <source>Saved.</source>
        <translation>Tersimpan.</translation>
    </message>
</context>
<context>
    <name>VisitRow</name>
    <message>
        <source>On a call</source>
        <translation>Di telepon</translation>
    </message>
    <message>
        <source>Visit</source>
        <translation>Kunjungan</translation>
    </message>
</context>
<context>
    <name>WaitingCall</name>
    <message>
        <source>Show who calls</source>
        <translation>Lihat siapa yang menelepon</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Tutup</translation>
    </message>
    <message>
        <source>{n} calls are waiting, the first: {who}</source>
        <translation>{n} panggilan menunggu, yang pertama: {who}</translation>
    </message>
    <message>
        <source>On the line: {who}</source>
        <translation>Di telepon: {who}</translation>
    </message>
    <message>
        <source>A second call is waiting: {who}</source>
        <translation>Panggilan kedua menunggu: {who}</translation>
    </message>
    <message>
        <source>A call is waiting: {who}</source>
        <translation>Ada panggilan menunggu: {who}</translation>
    </message>
    <message>
        <source>A call is waiting.</source>
        <translation>Ada panggilan menunggu.</translation>
    </message>
    <message>
        <source>Take it, hold the other</source>
        <translation>Terima, tahan yang lain</translation>
    </message>
    <message>
        <source>A new contact is half written.</source>
        <translation>Satu kontak baru belum selesai ditulis.</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Teruskan</translation>
    </message>
    <message>
        <source>number withheld</source>
        <translation>nomor disembunyikan</translation>
    </message>
</context>
<context>
    <name>WaitingList</name>
    <message>
        <source>Waits for a second person</source>
        <translation>Menunggu orang kedua</translation>
    </message>
    <message>
        <source>asked by {name}, {t}</source>
        <translation>diminta {name}, {t}</translation>
    </message>
    <message>
        <source>Look and decide</source>
        <translation>Lihat dan putuskan</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Lihat</translation>
    </message>
    <message>
        <source>Waiting for you</source>
        <translation>Menunggu Anda</translation>
    </message>
</context>
<context>
    <name>WaitingScreen</name>
    <message>
        <source>No request waits. It may have been decided or withdrawn.</source>
        <translation>Tidak ada permintaan yang menunggu. Mungkin sudah diputuskan atau dibatalkan.</translation>
    </message>
    <message>
        <source>The agent’s console is locked. You can approve once they are back.</source>
        <translation>Konsol agen terkunci. Anda dapat menyetujui setelah ia kembali.</translation>
    </message>
    <message>
        <source>The value goes to the agent’s screen, never to this window; it is written down before it opens.</source>
        <translation>Isinya tampil di layar agen, tidak pernah di jendela ini; dicatat dulu sebelum terbuka.</translation>
    </message>
    <message>
        <source>No request waits for your decision here.</source>
        <translation>Tidak ada permintaan yang menunggu keputusan Anda di sini.</translation>
    </message>
    <message>
        <source>Approval at the desk</source>
        <translation>Persetujuan di meja</translation>
    </message>
    <message>
        <source>Next request</source>
        <translation>Permintaan berikutnya</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>Keluar</translation>
    </message>
    <message>
        <source>{n} more wait</source>
        <translation>{n} lagi menunggu</translation>
    </message>
    <message>
        <source>Closes by itself in {t}</source>
        <translation>Tertutup sendiri dalam {t}</translation>
    </message>
</context>
<context>
    <name>WhoSawScreen</name>
    <message>
        <source>Your role does not take this list out of Tirai.</source>
        <translation>Peran Anda tidak boleh mengeluarkan daftar ini dari Tirai.</translation>
    </message>
    <message>
        <source>There is no list to export yet.</source>
        <translation>Belum ada daftar untuk diekspor.</translation>
    </message>
    <message>
        <source>Who saw my data</source>
        <translation>Siapa yang melihat data saya</translation>
    </message>
    <message>
        <source>every access that the log knows, for one customer</source>
        <translation>setiap akses yang tercatat di log, untuk satu pelanggan</translation>
    </message>
    <message>
        <source>Back to work</source>
        <translation>Kembali bekerja</translation>
    </message>
    <message>
        <source>PDF in English</source>
        <translation>PDF bahasa Inggris</translation>
    </message>
    <message>
        <source>PDF in Indonesian</source>
        <translation>PDF bahasa Indonesia</translation>
    </message>
    <message>
        <source>Type a customer’s number, or open this from a customer’s card. Asking is an access, too: it is written down with your name.</source>
        <translation>Ketik nomor pelanggan, atau buka dari kartu pelanggan. Bertanya juga termasuk akses: dicatat atas nama Anda.</translation>
    </message>
    <message>
        <source>Type a customer’s number.</source>
        <translation>Ketik nomor pelanggan.</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Mencari…</translation>
    </message>
    <message>
        <source>Only the newest {n} of {total} are shown; choose fewer days for the others.</source>
        <translation>Hanya {n} terbaru dari {total} yang ditampilkan; pilih lebih sedikit hari untuk yang lain.</translation>
    </message>
    <message>
        <source>A privacy officer saves this as a document for the customer.</source>
        <translation>Petugas privasi menyimpannya sebagai dokumen untuk pelanggan.</translation>
    </message>
    <message>
        <source>Making the PDF…</source>
        <translation>Membuat PDF…</translation>
    </message>
    <message>
        <source>Saved as {path}. It stays there: no wipe removes it. Audit entry {n}.</source>
        <translation>Disimpan sebagai {path}. Berkas itu tetap ada: tidak dihapus oleh pembersihan. Entri audit {n}.</translation>
    </message>
    <message>
        <source>Stopped, and nothing was saved. The log has it as made, in entry {n}.</source>
        <translation>Dihentikan, dan tidak ada yang disimpan. Log mencatatnya sebagai dibuat, di entri {n}.</translation>
    </message>
    <message>
        <source>Stopped, and nothing was saved.</source>
        <translation>Dihentikan, dan tidak ada yang disimpan.</translation>
    </message>
</context>
<context>
    <name>WhoseQuestion</name>
    <message>
        <source>Its words go under that customer’s key, and the answer is about their data.</source>
        <translation>Isinya disegel dengan kunci pelanggan itu, dan jawabannya mengenai data mereka.</translation>
    </message>
    <message>
        <source>Customer number</source>
        <translation>Nomor pelanggan</translation>
    </message>
    <message>
        <source>How it was found that they are this customer</source>
        <translation>Cara memastikan bahwa ia pelanggan ini</translation>
    </message>
    <message>
        <source>It is this customer’s</source>
        <translation>Milik pelanggan ini</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Batal</translation>
    </message>
</context>
<context>
    <name>WhyPopover</name>
    <message>
        <source>Why is this masked?</source>
        <translation>Mengapa ini disamarkan?</translation>
    </message>
    <message>
        <source>What you can do</source>
        <translation>Yang bisa Anda lakukan</translation>
    </message>
    <message>
        <source>Who may</source>
        <translation>Siapa yang boleh</translation>
    </message>
    <message>
        <source>What it is for</source>
        <translation>Untuk apa disimpan</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Tutup</translation>
    </message>
</context>
<context>
    <name>WipeQuestion</name>
    <message>
        <source>Why</source>
        <translation>Mengapa</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Batal</translation>
    </message>
</context>
<context>
    <name>WipedScreen</name>
    <message>
        <source>Recorded as entry {n} of the audit log, {t}</source>
        <translation>Tercatat sebagai entri {n} log audit, {t}</translation>
    </message>
    <message>
        <source>Copy this receipt</source>
        <translation>Salin tanda terima ini</translation>
    </message>
    <message>
        <source>Sign in again</source>
        <translation>Masuk lagi</translation>
    </message>
    <message>
        <source>Close Tirai</source>
        <translation>Tutup Tirai</translation>
    </message>
    <message>
        <source>Closes by itself in {n} s</source>
        <translation>Tertutup sendiri dalam {n} dtk</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Tersalin</translation>
    </message>
</context>
<context>
    <name>WorkArea</name>
    <message>
        <source>Width of the list</source>
        <translation>Lebar daftar</translation>
    </message>
    <message>
        <source>Width of the notes</source>
        <translation>Lebar catatan</translation>
    </message>
</context>
<context>
    <name>WorkspaceTab</name>
    <message>
        <source>{name}, {n} waiting, {m} due within a day or overdue</source>
        <translation>{name}, {n} menunggu, {m} jatuh tempo dalam sehari atau terlambat</translation>
    </message>
    <message>
        <source>{name}, {n} waiting</source>
        <translation>{name}, {n} menunggu</translation>
    </message>
</context>
<context>
    <name>WorkstationTable</name>
    <message>
        <source>Name, or who is there</source>
        <translation>Nama, atau siapa di sana</translation>
    </message>
    <message>
        <source>Find workstations</source>
        <translation>Cari komputer</translation>
    </message>
    <message>
        <source>Workstations</source>
        <translation>Komputer</translation>
    </message>
    <message>
        <source>No workstation fits. Check the spelling.</source>
        <translation>Tidak ada komputer yang cocok. Periksa ejaannya.</translation>
    </message>
    <message>
        <source>Show all workstations</source>
        <translation>Tampilkan semua komputer</translation>
    </message>
    <message>
        <source>{n} of {total} workstations</source>
        <translation>{n} dari {total} komputer</translation>
    </message>
</context>
<context>
    <name>WorkstationsScreen</name>
    <message>
        <source>Taken back. A workstation that shows the code is refused.</source>
        <translation>Ditarik kembali. Komputer yang menunjukkan kode ini ditolak.</translation>
    </message>
    <message>
        <source>Revoked. Nobody signs in from it.</source>
        <translation>Dicabut. Tidak ada yang bisa masuk dari sini.</translation>
    </message>
    <message>
        <source>Allowed. People may sign in from it again.</source>
        <translation>Diizinkan. Orang bisa masuk dari sini lagi.</translation>
    </message>
</context>
<context>
    <name>WrapUpPanel</name>
    <message>
        <source>Wrap-up</source>
        <translation>Penutup</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Siap</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>Hasil</translation>
    </message>
    <message>
        <source>Call back</source>
        <translation>Telepon balik</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Label</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>Pilih</translation>
    </message>
    <message>
        <source>Not agreed</source>
        <translation>Tidak disepakati</translation>
    </message>
    <message>
        <source>Choose an outcome to finish.</source>
        <translation>Pilih hasil untuk menyelesaikan.</translation>
    </message>
</context>
<context>
    <name>WrappingUp</name>
    <message>
        <source>The wrap-up is as it was before.</source>
        <translation>Penutup kembali seperti sebelumnya.</translation>
    </message>
    <message>
        <source>This outcome needs a day to call back.</source>
        <translation>Hasil ini perlu tanggal untuk menelepon balik.</translation>
    </message>
    <message>
        <source>Finishing…</source>
        <translation>Menyelesaikan…</translation>
    </message>
    <message>
        <source>This outcome needs a day to come.</source>
        <translation>Hasil ini perlu tanggal yang akan datang.</translation>
    </message>
</context>
</TS>
